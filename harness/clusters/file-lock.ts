import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HeldLock, LockCluster, LockMode } from '../domain/cluster-lock.js';
import { NetclaimsError } from '../domain/error.js';
import { losableGround } from '../domain/ground.js';
import { clusterInUse, lockLost } from './in-use.js';
import { identityOf, identityPattern, identityText, mayLive, ownIdentity } from './process-identity.js';
import { sendSignal } from './send-signal.js';

/**
 * A process holds the lock and ends with its standard input, so that the kernel releases it when this process ends, however it ends. Whoever
 * waits holds `turn`: runs that come later wait behind it, and none of them can keep it waiting for ever.
 */
const holdScript = `
exec 8>"$1/turn" 9>"$1/lock"
flock $3 8 && flock $3 "$2" 9 || { exec 8>&- 9>&-; echo busy; exit 0; }
exec 8>&-
echo held
exec cat
`;

/** A lock in a folder that all runs on a cluster reach. Files beside it name the runs that hold it. */
export const fileLock =
  (folder: string): LockCluster =>
  async ({ mode, wait, onWait }, signal) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const held = (await hold(folder, mode, false, signal)) ?? (await waited());
    return named(folder, held);

    async function waited(): Promise<ChildProcess> {
      const holder = await holdersOf(folder);
      if (!wait) throw clusterInUse(holder);
      onWait(holder);
      const child = await hold(folder, mode, true, signal);
      if (child === undefined) throw notLocked('flock gave up');
      return child;
    }
  };

/** undefined when somebody else has the lock. */
const hold = async (
  folder: string,
  mode: LockMode,
  wait: boolean,
  signal: AbortSignal,
): Promise<ChildProcess | undefined> => {
  signal.throwIfAborted();
  const how = mode === 'alone' ? '--exclusive' : '--shared';
  const child = spawn('sh', ['-c', holdScript, 'netclaims-lock', folder, how, wait ? '' : '--nonblock'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    // Ctrl-C is for all processes of the terminal, and this process still cleans up under the lock.
    detached: true,
  });
  // What waits is a child of the shell, in its group.
  const stop = () => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      sendSignal(-child.pid, 'SIGKILL');
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const word = await firstWord(child);
    if (word === 'held') return child;
    signal.throwIfAborted();
    if (word === 'busy') return undefined;
    throw notLocked(word);
  } finally {
    signal.removeEventListener('abort', stop);
  }
};

const firstWord = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('\n')) resolve(text.trim());
    });
    child.once('error', (error) => resolve(error.message));
    child.once('close', () => resolve(text.trim() || 'the process that holds it ended'));
  });

/** The lock, under the name of this process as long as it is held. */
const named = async (folder: string, child: ChildProcess): Promise<HeldLock> => {
  const file = join(folder, `${identityText(await ownIdentity())}.${child.pid}`);
  const { ground, lose } = losableGround();
  let released = false;
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      if (!released)
        lose(lockLost('the process that held it has ended', 'find out what ended it, and run again'));
      resolve();
    };
    if (child.exitCode === null && child.signalCode === null) child.once('close', end);
    else end();
  });
  await writeFile(file, '');
  return {
    ground,
    async [Symbol.asyncDispose]() {
      released = true;
      await rm(file, { force: true });
      child.stdin?.end();
      await ended;
    },
  };
};

const holderPattern = new RegExp(`^${identityPattern}\\.\\d+$`);

const holdersOf = async (folder: string): Promise<string> => {
  const pids = new Set<number>();
  for (const file of await readdir(folder)) {
    const match = holderPattern.exec(file);
    if (match === null) continue;
    const holder = identityOf(match[1], match[2], match[3]);
    if (await mayLive(holder)) pids.add(holder.pid);
    else await rm(join(folder, file), { force: true });
  }
  if (pids.size === 0) return 'another run';
  return `the run of process ${[...pids].toSorted((a, b) => a - b).join(', ')}`;
};

const notLocked = (why: string): NetclaimsError =>
  new NetclaimsError({
    code: 'cluster/lock',
    what: 'the cluster could not be locked against other runs',
    evidence: [why],
    remedy: 'check that `flock` is installed (package util-linux)',
  });
