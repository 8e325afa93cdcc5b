import { kill } from 'node:process';

/** What came of a signal: `gone` if nobody has that number any more, `refused` if the process belongs to somebody else. */
export type Signalled = 'sent' | 'gone' | 'refused';

/**
 * Sends a signal to a process, or to a process group by its negative number: kill(2). A process may end between any look at it and this, so
 * that its absence is a result.
 */
export const sendSignal = (pid: number, signal: 'SIGTERM' | 'SIGKILL' | 0): Signalled => {
  try {
    kill(pid, signal);
    return 'sent';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ESRCH') return 'gone';
    if (code === 'EPERM') return 'refused';
    throw error;
  }
};
