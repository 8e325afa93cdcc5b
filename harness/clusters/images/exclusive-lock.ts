import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { NetclaimsError } from '../../domain/error.js';

/**
 * Waits until no other process holds the lock on a file, and holds it until disposed of. The kernel releases it when this
 * process ends in whatever way, so a killed run never leaves a lock behind.
 *
 * Node has no flock(2), so `flock` holds it around a `cat`: that answers once it runs, and ends when its input does.
 * @throws NetclaimsError `image/no-lock`
 */
export const holdLock = async (file: string, signal: AbortSignal): Promise<AsyncDisposable> => {
  signal.throwIfAborted();
  const holder = spawn('flock', ['--no-fork', file, 'cat'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise<string>((resolve) => {
    let stderr = '';
    holder.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    holder.once('error', (error) => resolve(error.message));
    holder.once('close', () => resolve(stderr.trim()));
  });
  const release = async () => {
    holder.stdin.end();
    holder.kill();
    await ended;
  };
  // A holder that ended early closes its input: `ended` tells that, and this would end the process.
  holder.stdin.on('error', () => undefined);
  holder.stdin.write('held\n');

  const got = await Promise.race([
    once(holder.stdout, 'data', { signal }).then(
      () => 'lock' as const,
      () => 'abort' as const,
    ),
    ended.then((why) => ({ why })),
  ]);
  if (got === 'lock') return { [Symbol.asyncDispose]: release };
  await release();
  signal.throwIfAborted();
  throw new NetclaimsError({
    code: 'image/no-lock',
    what: `${file} could not be locked`,
    evidence: [got === 'abort' ? 'flock gave no answer' : got.why],
    remedy: 'see that the folder of the cache can be written, and that `flock` (util-linux) is installed',
  });
};
