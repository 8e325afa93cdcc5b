import { spawn, type SpawnOptions } from 'node:child_process';
import { constants } from 'node:os';
import { $ } from 'zx/core';
import type { CommandResult } from '../domain/cluster.js';
import { deadline } from '../domain/deadline.js';
import { NetclaimsError } from '../domain/error.js';
import { commandPath } from './find-command.js';

export interface CommandOptions {
  readonly stdin?: string;
  /** The command is killed, with its children, when this is over. */
  readonly timeoutMs: number;
  /** Only these variables; the harness's own environment never reaches a node. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The whole environment of commands on nodes and of the harness's own tools. */
export const commandEnvironment = { PATH: commandPath.join(':'), LC_ALL: 'C.UTF-8' } as const;

/**
 * Runs one argv through zx and gives what it answered, whatever its exit code (128 + N when signal N ended it).
 * zx would put a command line together for a shell; here its `spawn` is handed the argv itself, so that none takes part.
 * @throws NetclaimsError `probe/not-started`, `probe/timeout`, or the signal's reason when it is aborted.
 */
export const runCommand = async (
  argv: readonly string[],
  options: CommandOptions,
  signal: AbortSignal,
): Promise<CommandResult> => {
  signal.throwIfAborted();
  const [file = '', ...args] = argv;
  const spawnArgv = (_line: string, _args: readonly string[], spawnOptions: SpawnOptions) => {
    const child = spawn(file, args, { ...spawnOptions, shell: false });
    // One that ends without having read its input says by its exit code what became of it.
    child.stdin?.on('error', () => undefined);
    return child;
  };
  const stop = deadline(options.timeoutMs, signal);
  const output = await $({
    nothrow: true,
    quiet: true,
    verbose: false,
    prefix: '',
    postfix: '',
    ...(options.stdin === undefined ? { stdio: ['ignore', 'pipe', 'pipe'] } : { input: options.stdin }),
    env: { ...(options.env ?? commandEnvironment) },
    spawn: spawnArgv as typeof spawn,
    // A process group of its own, all of which is killed: a node's commands are children of an nsenter.
    detached: true,
    signal: stop,
  })`${file}`;
  signal.throwIfAborted();
  if (stop.aborted) {
    throw new NetclaimsError({
      code: 'probe/timeout',
      what: `\`${argv.join(' ')}\` did not end within ${options.timeoutMs} ms`,
      evidence: lastLines(output.stderr),
    });
  }
  // A failed spawn comes back as a negative errno.
  if (output.exitCode !== null && output.exitCode < 0) {
    throw new NetclaimsError({
      code: 'probe/not-started',
      what: `\`${file}\` could not be started`,
      evidence: [output.cause instanceof Error ? output.cause.message : output.message],
      remedy: `see that \`${file}\` is installed`,
    });
  }
  return {
    exitCode: output.exitCode ?? 128 + (output.signal === null ? 0 : constants.signals[output.signal]),
    stdout: output.stdout,
    stderr: output.stderr,
  };
};

const lastLines = (text: string): readonly string[] => text.trim().split('\n').slice(-5).filter(Boolean);
