import { NetclaimsError } from '../../../domain/error.js';
import { engineRemedy } from './engine-address.js';

/** What the engine's client throws: an answer with a status, or a connection that failed. */
interface ClientError {
  readonly statusCode?: number;
  readonly code?: string;
  readonly json?: { readonly message?: string } | null;
  readonly message?: string;
}

/** The HTTP status by which the engine refused; undefined when it did not answer at all. */
export const statusOf = (error: unknown): number | undefined =>
  (error as ClientError | undefined)?.statusCode;

/** In the engine's own words. */
export const wordsOf = (error: unknown): string => {
  const { json, message } = (error ?? {}) as ClientError;
  return (json?.message ?? message ?? String(error)).trim();
};

const remedies: Readonly<Record<string, string>> = {
  EACCES: 'let this user use the engine (`usermod --append --groups docker USER`), or run as root',
  ECONNREFUSED: `see that the engine runs; or ${engineRemedy}`,
  ENOENT: engineRemedy,
};

/** What went wrong with one request, in words for people. @param doing what the request was to do: `list containers` */
export const engineError = (doing: string, uri: string, error: unknown): NetclaimsError => {
  if (error instanceof NetclaimsError) return error;
  const status = statusOf(error);
  if (status !== undefined) {
    return new NetclaimsError({
      code: 'cluster/engine-refused',
      what: `the container engine could not ${doing}`,
      evidence: [`${wordsOf(error)} (HTTP ${status})`],
      cause: error,
    });
  }
  const { code = '' } = (error ?? {}) as ClientError;
  return new NetclaimsError({
    code: 'cluster/engine-gone',
    what: `the container engine at ${uri} does not answer`,
    evidence: [`asked to ${doing}: ${wordsOf(error)}`],
    remedy: remedies[code] ?? 'see that the engine runs: `docker version`',
    cause: error,
  });
};

/** A request that got no answer in its time. */
export const engineTimeout = (doing: string, uri: string, timeoutMs: number): NetclaimsError =>
  new NetclaimsError({
    code: 'cluster/engine-gone',
    what: `the container engine at ${uri} did not ${doing} within ${timeoutMs / 1_000} s`,
    remedy: 'see whether it still answers: `docker version`; restart it if it does not',
  });
