import { closeSync, openSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { isatty } from 'node:tty';

/** A standard stream of the process. It may be full, closed, or without a reader at any time: that never ends the run. */
export interface OutputStream {
  readonly write: (text: string) => void;
  /** Aborted once something did not get through. */
  readonly lost: AbortSignal;
  /** Why something did not get through. A reader that closed the pipe has what it wanted, and is no reason. */
  failure(): Error | undefined;
  /** Resolves when everything written so far has got through or failed. */
  drained(): Promise<void>;
}

/** By these a write says that whoever read the pipe or socket has closed it. */
const readerLeft: ReadonlySet<string> = new Set(['EPIPE', 'ECONNRESET']);

/** Handles the errors of a stream, which would otherwise end the process with exit code 1. */
export const outputStream = (stream: Writable): OutputStream => {
  const lost = new AbortController();
  let failed: Error | undefined;
  let last = Promise.resolve();
  const fail = (error: NodeJS.ErrnoException): void => {
    if (!readerLeft.has(error.code ?? '')) failed ??= error;
    lost.abort(error);
  };
  stream.on('error', fail);
  return {
    // Callbacks come in order, so the last one stands for all.
    write: (text) => {
      last = new Promise((resolve) => {
        stream.write(text, (error) => {
          if (error) fail(error);
          resolve();
        });
      });
    },
    lost: lost.signal,
    failure: () => failed,
    drained: () => last,
  };
};

/**
 * Node restores the modes of its terminals as it ends, and is aborted (SIGABRT, SIGSEGV) where one is gone by then. It leaves file
 * descriptors alone that are another file than at its start.
 * @returns to be called as the last thing before the process ends
 */
export const terminalGuard = (): (() => void) => {
  const terminals = [0, 1, 2].filter((fd) => isatty(fd));
  return () => {
    for (const fd of terminals) {
      if (isatty(fd)) continue;
      closeSync(fd);
      // The lowest number that is free: the one that was just closed.
      openSync('/dev/null', 'r+');
    }
  };
};
