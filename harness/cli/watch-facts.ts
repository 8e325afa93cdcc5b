import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster, World } from '../domain/cluster.js';
import type { Observation } from '../domain/observation.js';
import { nextChange } from '../facts/next-change.js';
import { watchFrom } from '../reports/watch-text.js';

/** Whatever tells nothing by itself is looked at this often. */
const longestMs = 10_000;

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
  const isOver = () => signal.aborted;
  const bell = new EventTarget();
  const listen = async (next: () => Promise<void>): Promise<void> => {
    while (!isOver()) {
      await next();
      bell.dispatchEvent(new Event('change'));
    }
  };
  const tell = async (): Promise<void> => {
    while (!isOver()) {
      // Listening begins before reading, so that nothing that happens meanwhile is missed.
      const change = once(bell, 'change', { signal });
      change.catch(() => undefined);
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
    }
  };
  const works = [
    tell(),
    listen(() => world.changed(longestMs, signal)),
    ...cluster.nodes.map((node) => listen(() => nextChange(node, longestMs, signal))),
  ];
  const ends = await Promise.allSettled(works.map((work) => work.catch(orOver(signal))));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
};

/** What was told to stop says so by an error. */
const orOver =
  (signal: AbortSignal) =>
  (error: unknown): void => {
    if (!signal.aborted) throw error;
  };
