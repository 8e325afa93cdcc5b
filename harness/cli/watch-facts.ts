import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster, World } from '../domain/cluster.js';
import type { Observation } from '../domain/observation.js';
import { nextChange } from '../facts/next-change.js';
import { watchFrom } from '../reports/watch-text.js';

/** Whatever tells nothing by itself is looked at this often. */
const longestMs = 30_000;

/** What happens together is told together. */
const settleMs = 200;

export interface Watched {
  readonly cluster: Cluster;
  readonly world: World;
  /** What was read first, and told already. */
  readonly first: Observation;
  readonly read: () => Promise<Observation>;
}

/** Prints a line for whatever changes in a cluster, with the time, until the signal is aborted. */
export const watchFacts = async (
  { cluster, world, first, read }: Watched,
  print: (text: string) => void,
  signal: AbortSignal,
): Promise<void> => {
  const watch = watchFrom(first);
  const changed = async (): Promise<void> => {
    const heard = new AbortController();
    const stop = AbortSignal.any([signal, heard.signal]);
    const ears = [
      world.changed(longestMs, stop),
      ...cluster.nodes.map((node) => nextChange(node, longestMs, stop)),
    ];
    await Promise.race(ears).finally(() => heard.abort());
    await Promise.allSettled(ears);
  };
  const isOver = () => signal.aborted;
  while (!isOver()) {
    // Listening begins before reading, so that nothing that happens meanwhile is missed.
    const change = changed();
    change.catch(() => undefined);
    try {
      const now = await read();
      const at = now.at.slice(11, 19);
      print(
        watch
          .next(now)
          .map((line) => `${at} ${line}\n`)
          .join(''),
      );
      await change;
      await sleep(settleMs, undefined, { signal });
    } catch (error) {
      if (!isOver()) throw error;
    }
  }
};
