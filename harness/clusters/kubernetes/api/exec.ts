import { WebSocket, type ClientOptions } from 'ws';
import type { Command, CommandResult } from '../../../domain/cluster.js';
import { deadline } from '../../../domain/deadline.js';
import { NetclaimsError } from '../../../domain/error.js';
import { collectOutput, type OutputCollector } from '../../output/command-output.js';
import { pathOf } from './api-client.js';
import { abortable } from './abortable.js';
import type { Access } from './access.js';
import { ApiError, ApiSilence } from './api-error.js';
import { readBody } from './read-body.js';
import { execInput, type ExecInput } from './exec-input.js';
import { exitOf, readExecStatus } from './exec-status.js';
import { notEndedInTime } from '../../../domain/not-in-time.js';

export interface ExecTarget {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** Version 5 can say that standard input has ended; a server before 1.30 has version 4, which cannot. */
const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
const channels = { stdin: 0, stdout: 1, stderr: 2, status: 3, close: 255 } as const;

const handshakeTimeoutMs = 10_000;
/** Servers send pieces of 32 KiB; a larger message would have to be read as a whole before any of it could be dropped. */
const largestMessage = 4 * 1024 * 1024;
const mostStatusParts = 16;
/** How long the server may take to close the stream once it has said how the command ended. */
const closeTimeoutMs = 2_000;

/**
 * Runs a command in a container through the API.
 * @throws NetclaimsError `probe/not-started`, `probe/timeout`, `probe/cut-off`; ApiError and ApiSilence when the API refused it or is not there
 */
export const execThrough = async (
  access: Access,
  target: ExecTarget,
  command: Omit<Command, 'netns'>,
  signal: AbortSignal,
): Promise<CommandResult> => {
  signal.throwIfAborted();
  const { timeoutMs } = command;
  const input = execInput(command);
  const subject = `\`${command.argv[0] ?? ''}\` in ${target.pod}/${target.container}`;
  const { agent, ...options } = await access.options(signal);
  const url = access.server.replace(/^http/, 'ws') + execPath(target, input);
  const socket = new WebSocket(url, protocols, {
    ...(options as ClientOptions),
    ...(typeof agent === 'object' ? { agent } : {}),
    handshakeTimeout: handshakeTimeoutMs,
    perMessageDeflate: false,
    maxPayload: largestMessage,
  });
  // Whatever comes after the end of this function is of no interest, and must not end the process.
  socket.on('error', () => undefined);
  const stop = deadline(timeoutMs, signal);
  const output = collectOutput(subject, command);
  const ended = untilClosed(socket, output);
  try {
    await abortable(opened(socket), stop);
    sendStdin(socket, input, subject);
    const status = await abortable(ended, stop);
    if (status === undefined) {
      throw new NetclaimsError({
        code: 'probe/cut-off',
        what: `${subject} was cut off: the connection ended before the command's result came`,
        evidence: output.lastLines(),
        remedy: "see whether the pod's node, or the way to it, is in trouble",
      });
    }
    return output.result(exitOf(status, subject));
  } catch (error) {
    signal.throwIfAborted();
    if (!stop.aborted) throw error;
    throw notEndedInTime('probe/timeout', subject, timeoutMs, { evidence: output.lastLines() });
  } finally {
    socket.terminate();
  }
};

const execPath = ({ namespace, pod, container }: ExecTarget, { argv, stdin }: ExecInput) => {
  const path = pathOf({
    path: `/api/v1/namespaces/${namespace}/pods/${pod}/exec`,
    query: { container, stdout: 'true', stderr: 'true', ...(stdin === undefined ? {} : { stdin: 'true' }) },
  });
  return [path, ...argv.map((argument) => `command=${encodeURIComponent(argument)}`)].join('&');
};

const opened = (socket: WebSocket): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('unexpected-response', (_request, response) => {
      readBody(response, 'a command').then(
        (body) => reject(new ApiError(response.statusCode ?? 0, body)),
        reject,
      );
    });
    socket.once('error', (error: NodeJS.ErrnoException) =>
      reject(new ApiSilence(error.code ?? 'UNKNOWN', error.message, error)),
    );
  });

/** Resolves with how the command ended; undefined when the connection ended without saying so. */
const untilClosed = (
  socket: WebSocket,
  output: OutputCollector,
): Promise<ReturnType<typeof readExecStatus> | undefined> =>
  new Promise((resolve) => {
    const parts: Buffer[] = [];
    let timer: NodeJS.Timeout | undefined;
    socket.on('message', (data: Buffer) => {
      const content = data.subarray(1);
      const [channel] = data;
      if (channel === channels.stdout) output.stdout(content);
      if (channel === channels.stderr) output.stderr(content);
      if (channel !== channels.status) return;
      parts.push(content);
      timer ??= setTimeout(() => socket.terminate(), closeTimeoutMs);
      // It is one short message; whoever sends more has no word to say that is of use here.
      if (parts.length > mostStatusParts) socket.terminate();
    });
    socket.once('close', () => {
      clearTimeout(timer);
      const status = Buffer.concat(parts).toString('utf8');
      resolve(status === '' ? undefined : readExecStatus(status));
    });
  });

const sendStdin = (socket: WebSocket, { stdin, ends }: ExecInput, subject: string): void => {
  if (stdin === undefined) return;
  if (ends && socket.protocol !== 'v5.channel.k8s.io') {
    throw new NetclaimsError({
      code: 'probe/not-started',
      what: `${subject} was not started: this server cannot tell a command that its standard input has ended`,
      remedy: 'let the command read what it needs from its arguments, or use Kubernetes 1.30 or newer',
    });
  }
  socket.send(Buffer.concat([Buffer.from([channels.stdin]), Buffer.from(stdin)]));
  if (ends) socket.send(Buffer.from([channels.close, channels.stdin]));
};
