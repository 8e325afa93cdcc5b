import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NetclaimsError } from '../../domain/error.js';
import type { Json } from '../../domain/fact-types.js';
import { allDone } from '../../domain/all-done.js';
import type { CriClient } from './cri/cri-client.js';
import { isAlive, ownIdentity } from '../process-identity.js';
import { nodePaths } from './node/containerd-config.js';

/** A node whose network is to be changed. */
export interface ReconfigurableNode {
  readonly cri: Pick<CriClient, 'cniConfig'>;
  /** Where a path of the node is, as this process sees it. */
  readonly here: (path: string) => string;
}

/**
 * Changes fields of the first plugin of every node's network, and comes back when each runtime has read it. Disposing of it puts back
 * what was, and waits as well.
 * @throws NetclaimsError `cluster/reconfigure`
 */
export const reconfigureNodes = async (
  nodes: readonly ReconfigurableNode[],
  fields: Readonly<Record<string, Json>>,
  signal: AbortSignal,
): Promise<AsyncDisposable> => {
  const { pid, startTime } = await ownIdentity();
  const before = await allDone(
    nodes.map(async (node) => {
      const network = await readNetwork(node);
      return { node, ...network, copy: `${network.file}.before@${pid}-${startTime}` };
    }),
  );
  // Of several changes, the first one keeps what was before all of them.
  const first = await allDone(
    before.map(({ copy, content }) => writeFile(copy, content, { flag: 'wx' }).then(() => true, isThere)),
  );
  const restore = async () => {
    const always = new AbortController().signal;
    await allDone(
      before.map(async ({ node, file, content, copy }, index) => {
        await write(node, file, content, always);
        if (first[index] === true) await rm(copy);
      }),
    );
  };
  try {
    await allDone(
      before.map(({ node, file, content }) => write(node, file, withFields(content, fields), signal)),
    );
  } catch (error) {
    await restore();
    throw error;
  }
  return { [Symbol.asyncDispose]: restore };
};

/** Puts back what runs that were killed have changed. */
export const restoreNetworks = async (
  nodes: readonly ReconfigurableNode[],
  signal: AbortSignal,
): Promise<void> => {
  await allDone(
    nodes.map(async (node) => {
      const folder = node.here(nodePaths.cniConfig);
      for (const name of await readdir(folder)) {
        const [, file, pid, startTime] = /^(.+)\.before@([0-9]+)-([0-9]+)$/.exec(name) ?? [];
        if (file === undefined || (await isAlive({ pid: Number(pid), startTime: Number(startTime) })))
          continue;
        const copy = join(folder, name);
        await write(node, join(folder, file), await readFile(copy, 'utf8'), signal);
        await rm(copy, { force: true });
      }
    }),
  );
};

const isThere = (error: NodeJS.ErrnoException): false => {
  if (error.code === 'EEXIST') return false;
  throw error;
};

interface Network {
  readonly file: string;
  readonly content: string;
}

/** The runtime takes the first file of the folder. */
const readNetwork = async ({ here }: ReconfigurableNode): Promise<Network> => {
  const folder = here(nodePaths.cniConfig);
  const [first] = (await readdir(folder)).filter((name) => name.endsWith('.conflist')).sort();
  if (first === undefined) {
    throw new NetclaimsError({ code: 'cluster/reconfigure', what: 'a node has no CNI configuration list' });
  }
  const file = join(folder, first);
  return { file, content: await readFile(file, 'utf8') };
};

const withFields = (content: string, fields: Readonly<Record<string, Json>>): string => {
  const { plugins, ...rest } = JSON.parse(content) as { readonly plugins: readonly object[] };
  return JSON.stringify(
    { ...rest, plugins: [{ ...plugins[0], ...fields }, ...plugins.slice(1)] },
    undefined,
    2,
  );
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
        what: `the runtime of a node has not read its changed network within ${patienceMs / 1_000} s`,
        evidence: [`it was written to ${file}`],
        remedy: 'see whether the fields are ones that the plugin knows, in the log of containerd',
      });
    }
    await sleep(lookAgainMs, undefined, { signal });
  }
};
