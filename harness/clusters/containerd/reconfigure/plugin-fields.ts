import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { NetclaimsError } from '../../../domain/error.js';
import type { Json } from '../../../domain/fact-types.js';
import type { Cleanup } from '../../cleanup.js';
import { nodePaths } from '../node/containerd-config.js';
import { isFirst, keptBeside, leftIn } from './kept-beside.js';
import { readNetwork, type ReconfigurableNode } from './node-network.js';

/** Gives fields of the first plugin of a node's network another value, and comes back when the runtime has read it. */
export const setFields = async (
  node: ReconfigurableNode,
  fields: Readonly<Record<string, Json>>,
  undo: Cleanup,
  signal: AbortSignal,
): Promise<void> => {
  const { file, content, conflist } = await readNetwork(node);
  const copy = await keptBeside(file, 'before');
  if (await isFirst(writeFile(copy, content, { flag: 'wx' }))) {
    undo.defer(() => putBack(node, file, copy, new AbortController().signal));
  }
  const [first, ...others] = conflist.plugins;
  const changed = { ...conflist, plugins: [{ ...first, ...fields }, ...others] };
  await write(node, file, JSON.stringify(changed, undefined, 2), signal);
};

/** Puts back what runs that were killed have set. */
export const restoreConfiguration = async (node: ReconfigurableNode, signal: AbortSignal): Promise<void> => {
  for (const { file, kept } of await leftIn(node.here(nodePaths.cniConfig))) {
    await putBack(node, file, kept, signal);
  }
};

const putBack = async (
  node: ReconfigurableNode,
  file: string,
  copy: string,
  signal: AbortSignal,
): Promise<void> => {
  await write(node, file, await readFile(copy, 'utf8'), signal);
  await rm(copy, { force: true });
};

const lookAgainMs = 20;
const patienceMs = 10_000;

/** In place: containerd reads again what is written to, and does not notice what is moved there. */
const write = async (
  { cri }: ReconfigurableNode,
  file: string,
  content: string,
  signal: AbortSignal,
): Promise<void> => {
  await writeFile(file, content);
  const deadline = Date.now() + patienceMs;
  while (!(await cri.cniConfig(signal)).includes(content)) {
    if (Date.now() > deadline) {
      throw new NetclaimsError({
        code: 'cluster/reconfigure',
        what: `the runtime of a node did not read its changed network within ${patienceMs / 1_000} s`,
        evidence: [`it was written to ${file}`],
        remedy: 'see whether the fields are ones that the plugin knows, in the log of containerd',
      });
    }
    await sleep(lookAgainMs, undefined, { signal });
  }
};
