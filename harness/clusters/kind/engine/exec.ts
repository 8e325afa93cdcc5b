import type Docker from 'dockerode';
import { createReadStream } from 'node:fs';
import { Writable, type Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandResult } from '../../../domain/cluster.js';
import { deadline } from '../../../domain/deadline.js';
import { NetclaimsError } from '../../../domain/error.js';
import { collectOutput, type OutputCollector } from '../../output/command-output.js';
import type { ExecOptions } from './engine.js';
import { statusOf, wordsOf } from './engine-error.js';
import type { Request } from './request.js';
import { notEndedInTime } from '../../../domain/not-in-time.js';

const answerMs = 15_000;

/**
 * Runs a command in a container. The engine cannot end what it has started, so the command is given to `timeout`, which ends it
 * in the container, a second after it is given up here.
 */
export const execIn = async (
  docker: Docker,
  request: Request,
  name: string,
  options: ExecOptions,
  signal: AbortSignal,
): Promise<CommandResult> => {
  const { argv, stdin, timeoutMs } = options;
  const output = collectOutput(`\`${argv[0] ?? ''}\` in ${name}`, options);
  const seconds = String(Math.ceil(timeoutMs / 1_000) + 1);
  const exec = await request(
    `start \`${argv[0] ?? ''}\` in ${name}`,
    answerMs,
    async (stop) => {
      try {
        return await docker.getContainer(name).exec({
          Cmd: ['timeout', '--signal=KILL', seconds, ...argv],
          Env: Object.entries({ LC_ALL: 'C.UTF-8', ...options.env }).map(([key, value]) => `${key}=${value}`),
          AttachStdin: stdin !== undefined,
          AttachStdout: true,
          AttachStderr: true,
          abortSignal: stop,
        });
      } catch (error) {
        throw nodeGone(name, error) ?? error;
      }
    },
    signal,
  );
  await request(
    `run \`${argv[0] ?? ''}\` in ${name}`,
    // Its own deadline is told below, in words of the command's.
    timeoutMs + answerMs,
    async (stop) => {
      const stream = await exec
        .start({ hijack: true, stdin: true, Tty: false, abortSignal: stop })
        .catch((error: unknown) => {
          throw nodeGone(name, error) ?? error;
        });
      await talk(docker, stream, options, output, stop);
    },
    signal,
  );
  const exitCode = await request(
    `say how \`${argv[0] ?? ''}\` ended`,
    answerMs,
    (stop) => exitCodeOf(exec, stop),
    signal,
  );
  if (exitCode === undefined) throw gone(name, [`\`${argv[0] ?? ''}\` was cut off`]);
  return output.result(exitCode);
};

/** Feeds the command, and gathers what it prints until it has closed both of its outputs. */
const talk = async (
  docker: Docker,
  stream: Duplex,
  { argv, stdin, timeoutMs }: ExecOptions,
  output: OutputCollector,
  signal: AbortSignal,
): Promise<void> => {
  const stop = deadline(timeoutMs, signal);
  docker.modem.demuxStream(stream, sink(output.stdout), sink(output.stderr));
  try {
    await new Promise<void>((resolve, reject) => {
      stream.on('end', resolve).on('close', resolve).on('error', reject);
      const abort = () => reject(stop.reason as Error);
      if (stop.aborted) abort();
      stop.addEventListener('abort', abort, { once: true });
      if (stdin === undefined) return;
      if (typeof stdin === 'string') stream.end(stdin);
      else createReadStream(stdin.file).on('error', reject).pipe(stream);
    });
  } catch (error) {
    if (!stop.aborted || signal.aborted) throw error;
    throw notEndedInTime('probe/timeout', `\`${argv.join(' ')}\``, timeoutMs, {
      evidence: output.lastLines(),
    });
  } finally {
    stream.destroy();
  }
};

const sink = (take: (chunk: Buffer) => void): Writable =>
  new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      take(chunk);
      done();
    },
  });

/** The exit code; undefined when the engine has none, as it is when the container ended under the command. */
const exitCodeOf = async (exec: Docker.Exec, signal: AbortSignal): Promise<number | undefined> => {
  // The outputs may be closed a moment before the engine has heard of the end.
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const { Running, ExitCode } = await exec.inspect({ abortSignal: signal });
    if (!Running) return ExitCode ?? undefined;
    await sleep(20, undefined, { signal });
  }
  return undefined;
};

/** The error for a container that is not there or does not run, if that is what the engine says. */
const nodeGone = (name: string, error: unknown): NetclaimsError | undefined => {
  const status = statusOf(error);
  const words = wordsOf(error);
  const absent = status === 404 || status === 409 || /is not running|no such container/i.test(words);
  return status !== undefined && absent ? gone(name, [words]) : undefined;
};

/** What is said of a node whose container does not run any more. The code ends the whole run. */
export const gone = (name: string, evidence: readonly string[]): NetclaimsError =>
  new NetclaimsError({
    code: 'cluster/node-gone',
    what: `node ${name} is not there any more: its container does not run`,
    evidence,
    remedy: `see what ended it (\`docker logs ${name}\`), and run again`,
  });
