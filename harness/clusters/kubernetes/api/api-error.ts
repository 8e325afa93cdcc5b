/** The server's `Status` object, as far as it is used. */
export interface ApiStatus {
  readonly message?: string;
  readonly reason?: string;
  readonly details?: {
    readonly name?: string;
    readonly kind?: string;
    readonly retryAfterSeconds?: number;
    readonly causes?: readonly { readonly reason?: string; readonly message?: string }[];
  };
}

/** An answer of the server other than 2xx. */
export class ApiError extends Error {
  readonly httpStatus: number;
  readonly status: ApiStatus;

  constructor(httpStatus: number, body: string) {
    const status = readStatus(body);
    super(status.message ?? (body.trim().slice(0, 500) || `HTTP ${httpStatus}`));
    this.name = 'ApiError';
    this.httpStatus = httpStatus;
    this.status = status;
  }
}

/** There was no answer: the connection could not be made, broke, or took too long. */
export class ApiSilence extends Error {
  /** The code of Node or of TLS, e.g. ECONNREFUSED; `TIMEOUT` when it took too long. */
  readonly code: string;

  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ApiSilence';
    this.code = code;
  }
}

/** Whether an error is the server's answer with that HTTP status. */
export const hasStatus = (error: unknown, httpStatus: number): error is ApiError =>
  error instanceof ApiError && error.httpStatus === httpStatus;

/**
 * Whether the same request may succeed a little later: no answer, too many requests, or a server (or one that it asks) in trouble.
 * A certificate that is not trusted stays that.
 */
export const isPassing = (error: unknown): boolean =>
  error instanceof ApiSilence
    ? !/CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS/.test(error.code)
    : error instanceof ApiError && (error.httpStatus === 429 || error.httpStatus >= 500);

const readStatus = (body: string): ApiStatus => {
  try {
    const value = JSON.parse(body) as unknown;
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
};
