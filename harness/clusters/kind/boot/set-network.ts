import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { NetclaimsError } from '../../../domain/error.js';
import { allDone } from '../../../domain/all-done.js';
import type { CniChoice } from '../network/cni-choice.js';
import { conflistPath, nodeConflist } from '../network/node-conflist.js';
import { masquerade, routesFrom, type NodeNetwork } from '../../node-routes.js';
import { script, writeFile, type RunOnNode } from './run-on-node.js';

const pluginFolder = '/opt/cni/bin';

/** A choice that is a configuration on each node. */
export type NodeChoice = Extract<CniChoice, { kind: 'reference' | 'conflist' }>;

/** Puts a folder's CNI plugins on a node, in place of those of its image. Gives their names. */
export const copyPlugins = async (
  nodes: readonly { readonly name: string }[],
  folder: string | undefined,
  run: RunOnNode,
  signal: AbortSignal,
): Promise<readonly string[]> => {
  if (folder === undefined) return [];
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new NetclaimsError({
      code: 'usage/no-folder',
      what: `the folder of CNI plugins ${folder} cannot be read`,
      evidence: [cause instanceof Error ? cause.message : String(cause)],
      remedy: 'name a folder with --cni-bin-dir',
      cause,
    });
  });
  const plugins = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  await allDone(
    nodes.map(async (node) => {
      for (const plugin of plugins) {
        await run(
          node,
          {
            purpose: `take the CNI plugin ${plugin}`,
            argv: script(
              'mkdir -p "${1%/*}"; cat >"$1.new"; chmod 0755 "$1.new"; mv "$1.new" "$1"',
              `${pluginFolder}/${plugin}`,
            ),
            stdin: { file: join(folder, plugin) },
          },
          signal,
        );
      }
    }),
  );
  return plugins;
};

/** @throws NetclaimsError `cluster/no-plugin` when the node image lacks a plugin that the network needs */
export const checkPlugins = (choice: NodeChoice, present: readonly string[], image: string): void => {
  const missing = choice.plugins.filter((plugin) => !present.includes(plugin));
  if (missing.length === 0) return;
  throw new NetclaimsError({
    code: 'cluster/no-plugin',
    what: `the network ${choice.name} needs CNI plugins that the nodes have not: ${missing.join(', ')}`,
    evidence: [`${image} has ${present.join(', ')}`],
    remedy:
      'name a folder that has them with --cni-bin-dir (statically linked, as the project containernetworking/plugins releases them)',
  });
};

/** Writes the network's configuration on a node, which makes the node ready. */
const writeConflist = async (
  node: { readonly name: string },
  choice: NodeChoice,
  podCidrs: readonly string[],
  run: RunOnNode,
  signal: AbortSignal,
): Promise<void> => {
  await run(
    node,
    {
      purpose: 'write its CNI configuration',
      argv: writeFile(conflistPath),
      stdin: nodeConflist(choice, podCidrs),
    },
    signal,
  );
};

/**
 * Connects the nodes' pod networks: routes from each node to each other, addresses of the node for what leaves them, and the configuration
 * last, because pods start when it is there.
 */
export const connectNodes = async (
  nodes: readonly NodeNetwork[],
  choice: NodeChoice,
  podSubnets: readonly string[],
  run: RunOnNode,
  signal: AbortSignal,
): Promise<void> => {
  await allDone(
    nodes.map(async (node) => {
      const routes = routesFrom(node, nodes);
      if (routes !== '') {
        await run(
          node,
          { purpose: 'route to the other nodes', argv: ['ip', '-batch', '-'], stdin: routes },
          signal,
        );
      }
      for (const argv of masquerade(podSubnets)) {
        await run(node, { purpose: 'masquerade what leaves the pod network', argv }, signal);
      }
      await writeConflist(node, choice, node.podCidrs, run, signal);
    }),
  );
};
