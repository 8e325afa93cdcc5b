import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { NetclaimsError } from '../../../domain/error.js';
import { commandEnvironment } from '../../command.js';
import { markVariable } from '../../marked-process.js';
import { identifyProcess } from '../../process-identity.js';

/** The first process of new namespaces. Disposing of it ends all processes in them, and with them the namespaces. */
export interface HeldProcess extends AsyncDisposable {
  /** As this machine counts. */
  readonly pid: number;
  /** Tells it from a later process of that number. */
  readonly startTime: number;
  /** Sends it a line. */
  say(line: string): void;
  /** Resolves once it has ended, with the last lines of its standard error. */
  readonly ended: Promise<readonly string[]>;
  /** Lets it go on when this process ends. */
  keep(): void;
}

/**
 * Starts a script in new namespaces, a PID namespace among them. It prints its process id as its first line, ends with its standard input,
 * and goes on without at the line `keep`: so a harness that is killed leaves nothing.
 * @param namespaces options of unshare(1)
 * @param what for the error: what could not be made
 * @param mark of the cluster that it is for: by this others know it as ours
 * @throws NetclaimsError `cluster/no-node`
 */
export const holdProcess = async (
  namespaces: readonly string[],
  script: readonly string[],
  what: string,
  mark: string,
  signal: AbortSignal,
): Promise<HeldProcess> => {
  signal.throwIfAborted();
  // The first process goes with unshare, and everything in a PID namespace goes with its first process.
  const argv = [...namespaces, '--pid', '--fork', '--kill-child', '--propagation=private', 'sh', ...script];
  const unshare = spawn('unshare', argv, {
    // A session of its own: Ctrl-C on the terminal is for the harness, which then ends the node in order.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...commandEnvironment, [markVariable]: mark },
  });
  const ended = endOf(unshare);
  const end = async () => {
    unshare.kill('SIGKILL');
    await ended;
  };
  try {
    const noProcess = (output: readonly string[]) => notMade(what, output);
    // A signal of its own, as many processes may be started under one.
    const aborting = aborted(AbortSignal.any([signal]));
    const pid = await Promise.race([pidOf(unshare), ended.then(noProcess), aborting]);
    const identity = await identifyProcess(pid);
    if (identity === undefined) return notMade(what, await ended);
    return {
      pid,
      ended,
      startTime: identity.startTime,
      say: (line) => void unshare.stdin.write(`${line}\n`),
      keep: () => letGo(unshare),
      [Symbol.asyncDispose]: end,
    };
  } catch (error) {
    await end();
    throw error;
  }
};

const endOf = async (process: ChildProcess): Promise<readonly string[]> => {
  let stderr = '';
  process.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // One that ended early closes its input; that it ended is told by its exit.
  process.stdin?.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    process.once('error', (error) => {
      stderr += error.message;
      resolve();
    });
    process.once('close', () => resolve());
  });
  return stderr.trim().split('\n').slice(-5).filter(Boolean);
};

const pidOf = async (process: ChildProcess): Promise<number> => {
  if (process.stdout === null) throw new TypeError('a held process has a standard output');
  const [line] = (await once(createInterface(process.stdout), 'line')) as [string];
  return Number(line);
};

const notMade = (what: string, evidence: readonly string[]): never => {
  throw new NetclaimsError({
    code: 'cluster/no-node',
    what: `${what} could not be made`,
    evidence,
    remedy: 'run `netclaims doctor`: it says what a node needs of this machine',
  });
};

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });

const letGo = (unshare: ChildProcess): void => {
  unshare.stdin?.end('keep\n');
  unshare.unref();
  for (const stream of [unshare.stdin, unshare.stdout, unshare.stderr]) {
    (stream as { unref?: () => void } | null)?.unref?.();
  }
};
