import { NetclaimsError } from './error.js';

/** The longest time of a timer. One that is set to more fires at once. */
const longestMs = 2 ** 31 - 1;

/** The code of a deadline's error, for whoever has no better words. */
export const deadlineCode = 'run/deadline';

/**
 * A signal that is aborted after `ms`, or with `signal` and its reason. After `signal.throwIfAborted()`, `aborted` means that the time was up.
 * The timer holds its signal. (One of AbortSignal.timeout that only AbortSignal.any knows is collected as garbage, and never fires.)
 */
export const deadline = (ms: number, signal?: AbortSignal): AbortSignal => {
  const own = new AbortController();
  const timer = setTimeout(() => own.abort(timeIsUp(ms)), Math.min(Math.max(ms, 0), longestMs));
  timer.unref();
  // No listener on `signal`: Node takes more than ten of them for a leak.
  return signal === undefined ? own.signal : AbortSignal.any([signal, own.signal]);
};

const timeIsUp = (ms: number): NetclaimsError =>
  new NetclaimsError({
    code: deadlineCode,
    what: `there was no answer within ${ms / 1_000} s`,
  });
