import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { OutputCollector } from '../../output/command-output.js';
import type { CallOptions } from './connection.js';
import { openExecPipes, type PipeFolder } from './exec-pipes.js';
import type { Method, Service } from './protocol.js';
import { exitStatus, given, processOf } from './read-answers.js';

/** A command for a container. */
export interface ContainerCommand {
  readonly argv: readonly string[];
  /** Beside the variables that the container has. They are in no argv. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly stdin?: string | undefined;
}

/** By what a command in a container is run. */
export interface ExecServices {
  readonly call: (
    method: Method | undefined,
    request: object,
    options: CallOptions,
    signal: AbortSignal,
  ) => Promise<object | undefined>;
  readonly tasks: Service;
  readonly containers: Service;
}

/** Where its pipes are made, and what takes what it prints. */
export interface ExecStreams {
  readonly pipes: PipeFolder;
  readonly output: OutputCollector;
}

const quick: CallOptions = { timeoutMs: 20_000, blame: 'pod' };
const forever: CallOptions = { timeoutMs: 2 ** 31 - 1, blame: 'pod' };
const sigkill = 9;
const specType = 'types.containerd.io/opencontainers/runtime-spec/1/Process';

/**
 * Runs a command in a container by containerd's own interface, as its CRI plugin does it: CRI's ExecSync keeps 16 MiB of an output, and has neither
 * standard input nor variables. Resolves with the exit code once the command has ended and its outputs are closed; it is killed when
 * the signal is aborted.
 */
export const execProcess = async (
  { call, tasks, containers }: ExecServices,
  containerId: string,
  { argv, env = {}, stdin }: ContainerCommand,
  { pipes: folder, output }: ExecStreams,
  signal: AbortSignal,
): Promise<number> => {
  const container = await call(containers.Get, { id: containerId }, quick, signal);
  const spec = processWith(processOf(container), argv, env);
  await using pipes = await openExecPipes(folder, stdin !== undefined, signal);
  const process = { containerId, execId: randomBytes(8).toString('hex') };
  const closed = Promise.all([drained(pipes.stdout, output.stdout), drained(pipes.stderr, output.stderr)]);
  const request = {
    ...process,
    ...pipes.paths,
    spec: { typeUrl: specType, value: Buffer.from(JSON.stringify(spec)) },
  };
  given(await call(tasks.Exec, request, quick, signal));
  const always = new AbortController().signal;
  let running = false;
  try {
    given(await call(tasks.Start, process, quick, signal));
    running = true;
    if (pipes.stdin !== undefined) {
      await written(pipes.stdin, stdin ?? '');
      await call(tasks.CloseIO, { ...process, stdin: true }, quick, signal);
    }
    const [exit] = await Promise.all([
      call(tasks.Wait, process, forever, signal),
      whileNotAborted(closed, signal),
    ]);
    running = false;
    return exitStatus(exit);
  } finally {
    // What has ended cannot be killed, and what is gone cannot be deleted: both are what is wanted.
    const ignore = () => undefined;
    if (running) await call(tasks.Kill, { ...process, signal: sigkill }, quick, always).catch(ignore);
    await call(tasks.DeleteProcess, process, quick, always).catch(ignore);
  }
};

/** The process that the container was made with, with another command and more variables. */
const processWith = (
  own: { readonly env?: readonly string[] },
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
): object => ({
  ...own,
  terminal: false,
  args: argv,
  env: [
    ...(own.env ?? []).filter((variable) => !Object.hasOwn(env, variable.split('=', 1)[0] ?? '')),
    ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
  ],
});

const drained = (socket: Socket, take: (chunk: Buffer) => void): Promise<void> =>
  new Promise((resolve) => {
    socket.on('data', take);
    socket.once('close', () => resolve());
  });

/** Sends all of a standard input, as far as the command reads it, and closes our end. */
const written = (socket: Socket, text: string): Promise<void> =>
  new Promise((resolve) => {
    socket.once('close', () => resolve());
    socket.end(text, () => socket.destroy());
  });

const whileNotAborted = <T>(promise: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
