import { NetclaimsError } from './error.js';

/** The longest time of a timer. One that is set to more fires at once. */
const longestMs = 2 ** 31 - 1;

/** The code of a deadline's error, for whoever has no better words. */
export const deadlineCode = 'run/deadline';

/**
 * A signal that is aborted after `ms`, or with `signal` and its reason. After `signal.throwIfAborted()`, `aborted` means that the time was up.
 * The timer holds the signal. (A signal of AbortSignal.timeout that only AbortSignal.any knows is collected as garbage, and never fires.)
 */
export const deadline = (ms: number, signal?: AbortSignal): AbortSignal => {
  const own = new AbortController();
  if (signal?.aborted === true) {
    own.abort(signal.reason);
    return own.signal;
  }
  const over = () => {
    signal?.removeEventListener('abort', passOn);
    own.abort(timeIsUp(ms));
  };
  const timer = setTimeout(over, Math.min(Math.max(ms, 0), longestMs));
  timer.unref();
  const passOn = () => {
    clearTimeout(timer);
    own.abort(signal?.reason);
  };
  signal?.addEventListener('abort', passOn, { once: true });
  return own.signal;
};

const timeIsUp = (ms: number): NetclaimsError =>
  new NetclaimsError({
    code: deadlineCode,
    what: `there was no answer within ${ms / 1_000} s`,
    remedy: 'check that the machine and the cluster are not overloaded, and run again',
  });
