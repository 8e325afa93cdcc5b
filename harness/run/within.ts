import { NetclaimsError } from '../domain/error.js';
import { isOutOfTime } from '../domain/failure.js';

/** How long work that was told to stop may take to do so before nobody waits for it any more. */
const graceMs = 5_000;

/**
 * Runs work that has to end within `ms`. When the time is up, or `signal` is aborted, the work is told to stop and is waited for;
 * work that does not even stop is abandoned a little later, so that a cluster that hangs cannot hang a run.
 * Throws `late()` when the time was up, unless the work itself had something better to say; `signal`'s reason when that was aborted, with
 * the same exception when it was the time of something larger that was up.
 */
export const within = async <T>(
  ms: number,
  late: () => Error,
  work: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
): Promise<T> => {
  signal.throwIfAborted();
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(late()), ms);
  const stop = AbortSignal.any([signal, deadline.signal]);
  try {
    return await orAbandon(work(stop), stop);
  } catch (error) {
    // What fails because it was told to stop says little of why it was told.
    if (signal.aborted && !(isOutOfTime(signal.reason) && saysMore(error))) throw signal.reason;
    if (deadline.signal.aborted && !saysMore(error)) throw deadline.signal.reason;
    throw error;
  } finally {
    clearTimeout(timer);
  }
};

const orAbandon = <T>(work: Promise<T>, stop: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const abandonSoon = () => {
      timer = setTimeout(() => reject(stop.reason as Error), graceMs);
    };
    if (stop.aborted) abandonSoon();
    else stop.addEventListener('abort', abandonSoon, { once: true });
    void work.then(resolve, reject).finally(() => {
      stop.removeEventListener('abort', abandonSoon);
      clearTimeout(timer);
    });
  });

const saysMore = (error: unknown): boolean => error instanceof NetclaimsError;
