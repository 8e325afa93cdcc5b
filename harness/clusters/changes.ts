/** Tells those who wait that something changed. Nobody who began to wait before a change misses it. */
export interface Changes {
  notify(): void;
  /** Resolves at the next change, and after `atMostMs` in any case; rejected with the signal's reason. */
  next(atMostMs: number, signal: AbortSignal): Promise<void>;
}

/** The longest time that a timer can be set to. */
const longestMs = 2 ** 31 - 1;

export const createChanges = (): Changes => {
  const waiting = new Set<() => void>();
  return {
    notify() {
      const woken = [...waiting];
      waiting.clear();
      for (const wake of woken) wake();
    },

    next: (atMostMs, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const end = (): void => {
          waiting.delete(wake);
          clearTimeout(timer);
          signal.removeEventListener('abort', abort);
        };
        const wake = (): void => {
          end();
          resolve();
        };
        const abort = (): void => {
          end();
          reject(signal.reason as Error);
        };
        const timer = setTimeout(wake, Math.min(Math.max(atMostMs, 0), longestMs));
        waiting.add(wake);
        signal.addEventListener('abort', abort, { once: true });
      }),
  };
};
