import { randomBytes } from 'node:crypto';
import { constants, openSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { runCommand } from '../../command.js';

/** Where named pipes are made: the folder as the node sees it, and as this machine opens it. */
export interface PipeFolder {
  readonly there: string;
  readonly here: string;
}

/** The streams of one command in a container, over named pipes that containerd opens by their paths. */
export interface ExecPipes extends AsyncDisposable {
  /** Paths on the node, as containerd's request has them. */
  readonly paths: { readonly stdin: string; readonly stdout: string; readonly stderr: string };
  readonly stdin: Socket | undefined;
  readonly stdout: Socket;
  readonly stderr: Socket;
}

const makeTimeoutMs = 10_000;

/** Makes the pipes and opens our ends. Disposing removes them. */
export const openExecPipes = async (
  { there, here }: PipeFolder,
  withStdin: boolean,
  signal: AbortSignal,
): Promise<ExecPipes> => {
  const id = randomBytes(8).toString('hex');
  const names = ['stdout', 'stderr', ...(withStdin ? ['stdin'] : [])];
  const [thereOwn, hereOwn] = [join(there, id), join(here, id)];
  await mkdir(hereOwn, { recursive: true, mode: 0o700 });
  const remove = () => rm(hereOwn, { recursive: true, force: true });
  try {
    const argv = ['mkfifo', '-m', '600', ...names.map((name) => join(hereOwn, name))];
    const { exitCode, stderr } = await runCommand(argv, { timeoutMs: makeTimeoutMs }, signal);
    if (exitCode !== 0) throw new Error(`mkfifo: ${stderr.trim()}`);
    const open = (name: string, access: number) =>
      openSync(join(hereOwn, name), access | constants.O_NONBLOCK);
    const reader = (name: string) => new Socket({ fd: open(name, constants.O_RDONLY), writable: false });
    const stdout = reader('stdout');
    const stderrEnd = reader('stderr');
    // Without O_RDWR it could only be opened once containerd reads it.
    const stdin = withStdin
      ? new Socket({ fd: open('stdin', constants.O_RDWR), readable: false })
      : undefined;
    for (const socket of [stdout, stderrEnd, stdin]) socket?.on('error', () => undefined);
    return {
      paths: {
        stdin: withStdin ? join(thereOwn, 'stdin') : '',
        stdout: join(thereOwn, 'stdout'),
        stderr: join(thereOwn, 'stderr'),
      },
      stdin,
      stdout,
      stderr: stderrEnd,
      async [Symbol.asyncDispose]() {
        for (const socket of [stdout, stderrEnd, stdin]) socket?.destroy();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
};
