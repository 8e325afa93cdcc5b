import { NetclaimsError } from '../domain/error.js';

/** What nobody foresaw is a fault of netclaims' own, and of use only with its place. What the system refused (ENOENT, …) says enough. */
export const asFault = (error: unknown): unknown =>
  error instanceof NetclaimsError || (error instanceof Error && 'code' in error) ? error : fault(error);

/** A fault of netclaims itself, whatever was thrown. */
export const fault = (error: unknown): NetclaimsError =>
  new NetclaimsError({
    code: 'internal/fault',
    what: error instanceof Error ? error.message : String(error),
    evidence: stackOf(error),
    remedy: 'this is a fault of netclaims itself: please report it, with these lines',
    cause: error,
  });

const stackOf = (error: unknown): readonly string[] =>
  error instanceof Error
    ? (error.stack ?? '')
        .split('\n')
        .slice(1, 9)
        .map((line) => line.trim())
    : [];
