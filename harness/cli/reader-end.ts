import { spawn } from 'node:child_process';
import { fstatSync } from 'node:fs';
import process from 'node:process';

/**
 * A signal that is aborted when whoever reads the pipe at a file descriptor has closed it, also while nothing is written there. Node
 * cannot wait for that (POLLERR of the writing end); `tail -f` of coreutils does, and ends with this process. Where there is no such `tail`,
 * the next write tells.
 * @param until ends the waiting
 */
export const readerEnd = (fd: number, until: AbortSignal): AbortSignal => {
  const ended = new AbortController();
  if (!fstatSync(fd).isFIFO() || until.aborted) return ended.signal;
  const tail = spawn('tail', ['--pid', String(process.pid), '-f', '/dev/null'], {
    stdio: ['ignore', fd, 'ignore'],
  });
  const end = () => void tail.kill();
  until.addEventListener('abort', end, { once: true });
  tail.once('error', () => until.removeEventListener('abort', end));
  tail.once('exit', (_code, signal) => {
    until.removeEventListener('abort', end);
    // The kernel tells a process with a broken pipe by this signal; one that ended otherwise knows nothing of it.
    if (signal === 'SIGPIPE') ended.abort(new Error('nobody reads standard output any more'));
  });
  tail.unref();
  return ended.signal;
};
