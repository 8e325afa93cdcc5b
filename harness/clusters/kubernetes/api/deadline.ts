/**
 * A signal that is aborted after some time, or with another one. (AbortSignal.timeout may be collected as garbage when only AbortSignal.any knows
 * of it, and then never comes.)
 */
export const deadline = (ms: number, signal: AbortSignal): AbortSignal => {
  const own = new AbortController();
  const timer = setTimeout(() => own.abort(new DOMException(`${ms} ms are over`, 'TimeoutError')), ms);
  timer.unref();
  const abort = () => own.abort(signal.reason);
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  own.signal.addEventListener(
    'abort',
    () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    },
    { once: true },
  );
  return own.signal;
};
