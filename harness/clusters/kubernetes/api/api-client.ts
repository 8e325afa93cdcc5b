import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { deadline, deadlineCode } from '../../../domain/deadline.js';
import type { Access } from './access.js';
import { badAnswer, readAnswer, type Shape } from './answer-shape.js';
import { NetclaimsError } from '../../../domain/error.js';
import { ApiError, ApiSilence } from './api-error.js';
import { readBody, readLines } from './read-body.js';

export interface ApiRequest<T = unknown> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** `application/json` where none is given. */
  readonly contentType?: string;
  /** Until the answer is there as a whole; 15 seconds where none is given. */
  readonly timeoutMs?: number;
  /** What the answer is; `json` where nothing is said. */
  readonly as?: 'json' | 'text';
  /** How the answer is read. Without it, nothing is made of the answer. */
  readonly answer?: Shape<T>;
}

/** An answer, and the server's clock when it gave it. */
export interface ApiAnswer<T = unknown> {
  readonly body: T;
  readonly serverTime: Date;
}

/** Kubernetes' API as it is: what goes in and comes out is JSON that no model has been laid over. */
export interface ApiClient extends Disposable {
  readonly access: Access;
  /** @throws ApiError, ApiSilence, NetclaimsError `cluster/api-answer`, or the signal's reason */
  ask<T = unknown>(request: ApiRequest<T>, signal: AbortSignal): Promise<ApiAnswer<T>>;
  /** The same for an answer that does not end: resolves when the server ends it. */
  follow(request: ApiRequest, onLine: (line: string) => void, signal: AbortSignal): Promise<void>;
}

const answerTimeoutMs = 15_000;

export const apiClient = (access: Access): ApiClient => ({
  access,

  async ask(request, signal) {
    const timeoutMs = request.timeoutMs ?? answerTimeoutMs;
    return within(timeoutMs, signal, async (stop) => {
      const response = await send(access, request, stop);
      const body = await readBody(response, nameOf(request));
      throwUnlessFine(response, body);
      return { body: read(request, body), serverTime: serverTime(response) };
    });
  },

  async follow(request, onLine, signal) {
    return within(request.timeoutMs ?? answerTimeoutMs, signal, async (stop) => {
      const response = await send(access, request, stop);
      if ((response.statusCode ?? 0) >= 300)
        throwUnlessFine(response, await readBody(response, nameOf(request)));
      await readLines(response, nameOf(request), onLine);
    });
  },

  [Symbol.dispose]: () => access[Symbol.dispose](),
});

/** The answer as its request wants it; what nobody reads is nobody's, and may be anything. */
const read = <T>(request: ApiRequest<T>, body: string): T => {
  const value = request.as === 'text' ? body : body === '' ? undefined : parse(request, body);
  return request.answer === undefined
    ? (value as T)
    : readAnswer(request.answer, value, body, nameOf(request));
};

/** The server's clock; ours, where it does not say. */
const serverTime = ({ headers: { date } }: IncomingMessage): Date => {
  const said = new Date(date ?? Number.NaN);
  return Number.isNaN(said.getTime()) ? new Date() : said;
};

const nameOf = (request: ApiRequest): string => `${request.method} ${pathOf(request)}`;

/** The path with its query, as a request line has it. */
export const pathOf = ({ path, query = {} }: Pick<ApiRequest, 'path' | 'query'>): string => {
  const text = new URLSearchParams(query).toString();
  return text === '' ? path : `${path}?${text}`;
};

const send = async (access: Access, request: ApiRequest, signal: AbortSignal): Promise<IncomingMessage> => {
  const { method, body, contentType = 'application/json' } = request;
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const { headers, ...options } = await access.options(signal);
  signal.throwIfAborted();
  const make = access.server.startsWith('https:') ? httpsRequest : httpRequest;
  const attempt = () =>
    respond(
      make(access.server + pathOf(request), {
        ...options,
        method,
        signal,
        headers: {
          ...(headers as Readonly<Record<string, string>> | undefined),
          accept: 'application/json',
          ...(payload === undefined
            ? {}
            : { 'content-type': contentType, 'content-length': Buffer.byteLength(payload) }),
        },
      }),
      payload,
    );
  return attempt().catch((error: unknown) => {
    // The server had closed a connection that was kept open: it has not read this request.
    if (error instanceof StaleConnection) return attempt();
    throw error;
  });
};

class StaleConnection extends Error {}

const respond = (request: ClientRequest, payload: string | undefined): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        request.reusedSocket && error.code === 'ECONNRESET' ? new StaleConnection(error.message) : error,
      ),
    );
    request.end(payload);
  });

const within = async <T>(
  timeoutMs: number,
  signal: AbortSignal,
  work: (stop: AbortSignal) => Promise<T>,
): Promise<T> => {
  signal.throwIfAborted();
  const stop = deadline(timeoutMs, signal);
  try {
    return await work(stop);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ApiError) throw error;
    if (error instanceof NetclaimsError && error.code !== deadlineCode) throw error;
    if (stop.aborted) throw new ApiSilence('TIMEOUT', `no answer within ${timeoutMs / 1_000} s`, error);
    throw silence(error);
  }
};

const silence = (error: unknown): ApiSilence => {
  const { code, message, errors } = error as NodeJS.ErrnoException & { errors?: readonly Error[] };
  // A name with several addresses: the attempt at each of them failed.
  const told = errors === undefined ? message : errors.map((each) => each.message).join('; ');
  return new ApiSilence(code ?? 'UNKNOWN', told, error);
};

const throwUnlessFine = ({ statusCode = 0 }: IncomingMessage, body: string): void => {
  if (statusCode < 200 || statusCode > 299) throw new ApiError(statusCode, body);
};

const parse = (request: ApiRequest, body: string): unknown => {
  try {
    return JSON.parse(body) as unknown;
  } catch (cause) {
    throw badAnswer(nameOf(request), 'the answer is not JSON', body, cause);
  }
};
