import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import type { CommandResult } from '../domain/cluster.js';
import { deadline } from '../domain/deadline.js';
import { NetclaimsError } from '../domain/error.js';
import { commandPath } from './find-command.js';
import { collectOutput } from './output/command-output.js';
import { notEndedInTime } from '../domain/not-in-time.js';
import { sendSignal } from './send-signal.js';

export interface CommandOptions {
  readonly stdin?: string;
  /** The command is killed, with its children, when this is over. */
  readonly timeoutMs: number;
  /** Only these variables; the harness's own environment never reaches a node. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** See `Command`. */
  readonly mayBeCut?: boolean | undefined;
}

/** The whole environment of commands on nodes and of the harness's own tools. */
export const commandEnvironment = { PATH: commandPath.join(':'), LC_ALL: 'C.UTF-8' } as const;

/** How long a command may take to end after SIGTERM, and its pipes to close after SIGKILL. */
const graceMs = 1_000;

/**
 * Runs one argv, without a shell, and returns what it answered, whatever its exit code (128 + N when signal N ended it).
 * @throws NetclaimsError `probe/not-started`, `probe/timeout`, `probe/too-much-output`, or the signal's reason when it is aborted.
 */
export const runCommand = async (
  argv: readonly string[],
  options: CommandOptions,
  signal: AbortSignal,
): Promise<CommandResult> => {
  signal.throwIfAborted();
  const [file = '', ...args] = argv;
  const output = collectOutput(`\`${file}\``, options);
  const child = started(file, args, options);
  child.stdout?.on('data', output.stdout);
  child.stderr?.on('data', output.stderr);
  // One that ends without having read its input says by its exit code what became of it.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(options.stdin);

  const stop = deadline(options.timeoutMs, signal);
  const stopEnding = endWhen(stop, child);
  try {
    const exitCode = await endOf(child, file);
    signal.throwIfAborted();
    if (stop.aborted) {
      throw notEndedInTime('probe/timeout', `\`${argv.join(' ')}\``, options.timeoutMs, {
        evidence: output.lastLines(),
      });
    }
    return output.result(exitCode);
  } finally {
    stopEnding();
  }
};

const started = (file: string, args: readonly string[], options: CommandOptions): ChildProcess => {
  try {
    return spawn(file, args, {
      env: { ...(options.env ?? commandEnvironment) },
      stdio: [options.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      // A process group of its own, all of which is killed: a node's commands are children of an nsenter.
      detached: true,
    });
  } catch (cause) {
    throw notStarted(file, cause);
  }
};

/** The exit code, once the command has ended and its output is complete. */
const endOf = (child: ChildProcess, file: string): Promise<number> =>
  new Promise((resolve, reject) => {
    child.once('error', (cause) => reject(notStarted(file, cause)));
    child.once('close', (code, signal) =>
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])),
    );
  });

/** Ends the command when `stop` is aborted. What it gives calls that off, once the command has ended. */
const endWhen = (stop: AbortSignal, child: ChildProcess): (() => void) => {
  let timer: NodeJS.Timeout | undefined;
  const destroyPipes = () => [child.stdout, child.stderr].forEach((pipe) => pipe?.destroy());
  const kill = () => {
    signalGroup(child, 'SIGKILL');
    // What left the process group may hold the pipes open for ever.
    timer = setTimeout(destroyPipes, graceMs);
  };
  const end = () => {
    signalGroup(child, 'SIGTERM');
    timer = setTimeout(kill, graceMs);
  };
  stop.addEventListener('abort', end, { once: true });
  return () => {
    clearTimeout(timer);
    stop.removeEventListener('abort', end);
  };
};

const signalGroup = ({ pid }: ChildProcess, name: 'SIGTERM' | 'SIGKILL'): void => {
  if (pid !== undefined) sendSignal(-pid, name);
};

const notStarted = (file: string, cause: unknown): NetclaimsError =>
  new NetclaimsError({
    code: 'probe/not-started',
    what: `\`${file}\` could not be started`,
    evidence: [cause instanceof Error ? cause.message : String(cause)],
    remedy: `see that \`${file}\` is installed`,
    cause,
  });
