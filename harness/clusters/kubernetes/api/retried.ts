import { setTimeout as sleep } from 'node:timers/promises';
import { isPassing } from './api-error.js';

/** The pauses between attempts: the first, and the longest. */
const pauses = { firstMs: 100, longestMs: 2_000 };

/** How long the API may be away while something is asked of it that nobody waits for. */
export const patienceMs = 10_000;

/**
 * Asks again when the API is in passing trouble (or `again` says that the answer may change), for at most `forMs` or until the signal is
 * aborted; then throws what the last attempt said, as it says more than that there was no more time.
 */
export const retried = async <T>(
  work: () => Promise<T>,
  forMs: number,
  signal: AbortSignal,
  again: (error: unknown) => boolean = () => false,
): Promise<T> => {
  const untilMs = Date.now() + forMs;
  let pauseMs = pauses.firstMs;
  let last: unknown;
  const isOver = () => signal.aborted;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (isOver()) throw last ?? error;
      if (!isPassing(error) && !again(error)) throw error;
      if (Date.now() + pauseMs > untilMs) throw error;
      last = error;
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    if (isOver()) throw last;
    pauseMs = Math.min(pauseMs * 2, pauses.longestMs);
  }
};
