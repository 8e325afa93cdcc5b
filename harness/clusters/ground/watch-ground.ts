import { setTimeout as sleep } from 'node:timers/promises';
import { noEvidence } from '../../domain/absent.js';
import { NetclaimsError, wordsOf } from '../../domain/error.js';
import type { Ground } from '../../domain/ground.js';

/** Something that a cluster stands on: a process, a connection, a container. */
export interface Footing {
  /** For a person: `containerd of node-1 (process 4711)`. */
  readonly name: string;
  /** Why it does not stand any more, from one cheap look; undefined while it stands. What it throws counts as such a reason. */
  readonly look: (signal: AbortSignal) => Promise<string | undefined>;
  /** Resolves with why, as soon as it has ended. Without it, that shows at the next look. */
  readonly ended?: (signal: AbortSignal) => Promise<string>;
  /** The last lines that it printed. */
  readonly lastOutput?: () => Promise<readonly string[]>;
}

/** A ground that is being watched. Disposing of it ends the watch, and nothing else. */
export interface WatchedGround extends Ground, AsyncDisposable {}

/** How long the last output may take to be read. */
const outputMs = 500;

/** How long the end of a footing is kept back, as it may come of another one's. */
const causeMs = 100;

/** Watches all that a cluster stands on, from now on. Each stands on those before it. */
export const watchGround = (footings: readonly Footing[]): WatchedGround => {
  const closed = new AbortController();
  const lost = new AbortController();
  const { signal: over } = closed;
  const closing = new Promise<void>((resolve) => over.addEventListener('abort', () => resolve()));

  const lose = async (footing: Footing, why: string): Promise<void> => {
    const loss = await lossOf(footing, why);
    if (!over.aborted) lost.abort(loss);
  };
  const watch = async (footing: Footing, index: number): Promise<void> => {
    // A signal of its own, as Node takes more than ten listeners on one for a leak.
    const why = await footing.ended?.(AbortSignal.any([over])).catch(wordsOf);
    if (why === undefined) return;
    // The end of what it stands on itself says more, and comes about at the same time.
    if (index > 0) await sleep(causeMs, undefined, { ref: false });
    await lose(footing, why);
  };
  const watches = footings.map((footing, index) => Promise.race([watch(footing, index), closing]));

  return {
    lost: lost.signal,
    async check(signal) {
      lost.signal.throwIfAborted();
      const faults = await Promise.all(
        footings.map(async (footing) => ({ footing, why: await footing.look(signal).catch(wordsOf) })),
      );
      for (const { footing, why } of faults) {
        lost.signal.throwIfAborted();
        if (why !== undefined) await lose(footing, why);
      }
      lost.signal.throwIfAborted();
    },
    async [Symbol.asyncDispose]() {
      closed.abort();
      await Promise.all(watches);
    },
  };
};

/** The error of a footing that does not stand any more. */
export const lossOf = async (
  { name, lastOutput }: Pick<Footing, 'name' | 'lastOutput'>,
  why: string,
): Promise<NetclaimsError> => {
  // What it printed may have gone with it.
  const nothing = sleep(outputMs, [], { ref: false });
  const output = await Promise.race([lastOutput?.().catch(noEvidence) ?? [], nothing]);
  return new NetclaimsError({
    code: 'cluster/ground-lost',
    what: `${name} is lost: ${why}`,
    evidence: output.map((line) => `it printed: ${line}`),
    remedy: 'find out what ended it, and run again',
  });
};
