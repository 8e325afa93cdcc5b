import { Client, credentials, Metadata, status } from '@grpc/grpc-js';
import { NetclaimsError } from '../../../domain/error.js';
import { criError, type Blame, type CallFailure } from './cri-error.js';
import type { Method } from './protocol.js';

export interface CallOptions {
  readonly timeoutMs: number;
  readonly blame: Blame;
}

/** One HTTP/2 connection to a containerd, made when it is first used and again after it broke. */
export interface Connection {
  /** Resolves once somebody answers on the socket; for a containerd that is still starting. */
  ready(timeoutMs: number, signal: AbortSignal): Promise<void>;
  /** One request and its answer; undefined when containerd knows no such object. */
  call(
    method: Method,
    request: object,
    options: CallOptions,
    signal: AbortSignal,
  ): Promise<object | undefined>;
  /** A request with a stream of answers. `onEnd` comes once, when the stream breaks for any other reason than `stop`. */
  stream(
    method: Method,
    request: object,
    onMessage: (message: object) => void,
    onEnd: (error: Error) => void,
  ): { stop(): void };
  close(): void;
}

const readyStepMs = 200;

/** In containerd's own interface, the things of its CRI plugin are those of this namespace. */
const metadata = new Metadata();
metadata.set('containerd-namespace', 'k8s.io');

/** @param socketPath may lie in another mount namespace: /proc/PID/root/… */
export const connect = (socketPath: string): Connection => {
  const client = new Client(`unix:${socketPath}`, credentials.createInsecure(), {
    // A local socket: neither a proxy nor a limit meant for the internet, and no second-long pause before the next attempt.
    'grpc.enable_http_proxy': 0,
    'grpc.max_receive_message_length': -1,
    'grpc.initial_reconnect_backoff_ms': 10,
    'grpc.max_reconnect_backoff_ms': 50,
  });

  return {
    async ready(timeoutMs, signal) {
      const untilMs = Date.now() + timeoutMs;
      const attempt = (ms: number) =>
        abortable<boolean>(signal, (settle) => {
          client.waitForReady(Date.now() + ms, (error) => settle(error === undefined));
          return () => undefined;
        });
      // In short waits, because one cannot be called off and would keep the process from ending.
      while (!(await attempt(Math.min(readyStepMs, untilMs - Date.now())))) {
        if (Date.now() >= untilMs) {
          throw criError('connect', nobody(`no answer on ${socketPath} for ${timeoutMs} ms`), 'cluster');
        }
      }
    },

    call: (method, request, options, signal) =>
      abortable<object | undefined>(signal, (settle) => {
        const running = client.makeUnaryRequest(
          method.path,
          method.requestSerialize,
          method.responseDeserialize,
          request,
          metadata,
          { deadline: Date.now() + options.timeoutMs },
          (error, response) => {
            if (error === null) settle(response);
            else if (error.code === status.NOT_FOUND) settle(undefined);
            else settle(criError(nameOf(method), error, options.blame));
          },
        );
        return () => running.cancel();
      }),

    stream(method, request, onMessage, onEnd) {
      const running = client.makeServerStreamRequest(
        method.path,
        method.requestSerialize,
        method.responseDeserialize,
        request,
      );
      let over = false;
      const end = (failure: CallFailure): void => {
        if (over) return;
        over = true;
        onEnd(criError(nameOf(method), failure, 'cluster'));
      };
      running.on('data', onMessage);
      running.on('error', end);
      running.on('end', () => end(nobody('containerd ended the stream of events')));
      return {
        stop() {
          over = true;
          running.cancel();
        },
      };
    },

    close: () => client.close(),
  };
};

const nameOf = (method: Method): string => method.path.slice(method.path.lastIndexOf('/') + 1);

const nobody = (details: string): CallFailure => ({ code: status.UNAVAILABLE, details });

/**
 * Starts something that ends by calling `settle`, and can be stopped by what `start` returns. The promise is rejected with the
 * signal's reason as soon as it is aborted.
 */
const abortable = <T>(
  signal: AbortSignal,
  start: (settle: (outcome: T | NetclaimsError) => void) => () => void,
): Promise<T> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    // Each has one of its own: Node takes more than ten listeners on one signal for a leak.
    const own = AbortSignal.any([signal]);
    const stop = start((outcome) => {
      own.removeEventListener('abort', abort);
      if (outcome instanceof NetclaimsError) reject(outcome);
      else resolve(outcome);
    });
    const abort = (): void => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the caller's own reason
      reject(own.reason);
      stop();
    };
    own.addEventListener('abort', abort, { once: true });
  });
