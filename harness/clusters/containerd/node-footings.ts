import { readFile } from 'node:fs/promises';
import { processFooting } from '../ground/process-footing.js';
import type { Footing } from '../ground/watch-ground.js';
import type { ConnectedNode, NodeRecord } from './connect-node.js';
import { containerdLog, pathOnNode } from './node/boot.js';
import { nodePaths } from './node/containerd-config.js';

/** The ends of processes that this one has started, with their last output, by their number. Empty for a kept cluster of another one. */
export type HeldEnds = ReadonlyMap<number, Promise<readonly string[]>>;

/** The process that holds the network between the nodes. */
export const underlayFooting = (pid: number, ends: HeldEnds): Promise<Footing> =>
  held('the network between the nodes', pid, ends);

/** What one node stands on: its first process, and its containerd. */
export const nodeFootings = async (
  { name, initPid }: NodeRecord,
  { cri }: Pick<ConnectedNode, 'cri'>,
  ends: HeldEnds,
): Promise<readonly Footing[]> => {
  const first = await held(`the first process of ${name}`, initPid, ends);
  const pid = Number(await readFile(pathOnNode(initPid, nodePaths.containerdPid), 'utf8'));
  const containerd = await processFooting({
    name: `containerd of ${name}`,
    pid,
    proc: pathOnNode(initPid, '/proc'),
    ended: (signal) =>
      new Promise((resolve) => {
        const subscription = cri.subscribe(
          () => undefined,
          () => resolve('its events have ended'),
        );
        signal.addEventListener('abort', () => subscription[Symbol.dispose](), { once: true });
      }),
    lastOutput: () => containerdLog(initPid),
  });
  return [first, containerd];
};

const held = (name: string, pid: number, ends: HeldEnds): Promise<Footing> => {
  const end = ends.get(pid);
  if (end === undefined) return processFooting({ name, pid });
  return processFooting({
    name,
    pid,
    ended: async () => {
      await end;
      return 'it has ended';
    },
    // unshare says of its child's death only what came of its own signals.
    lastOutput: async () => (await end).filter((line) => !line.startsWith('unshare:')),
  });
};
