import { deadline } from '../../../domain/deadline.js';
import { engineError, engineTimeout } from './engine-error.js';

/** Sends one request. `doing` completes "the engine could not …". */
export type Request = <T>(
  doing: string,
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
) => Promise<T>;

/** Requests to one engine, each of which ends: by its answer, its deadline, or the signal's reason. */
export const requestTo =
  (uri: string): Request =>
  async (doing, timeoutMs, work, signal) => {
    signal.throwIfAborted();
    const stop = deadline(timeoutMs, signal);
    try {
      return await Promise.race([work(stop), whenAborted(stop)]);
    } catch (error) {
      signal.throwIfAborted();
      throw stop.aborted ? engineTimeout(doing, uri, timeoutMs) : engineError(doing, uri, error);
    }
  };

/** Not every request of the client heeds its signal. */
const whenAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
