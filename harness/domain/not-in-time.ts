import { readableMs } from './duration.js';
import { NetclaimsError } from './error.js';
import type { FailureCode } from './failure-codes.js';

/**
 * The one wording of what took too long: `SUBJECT did not end within 30 s`.
 * @param subject e.g. `` `ip` in web/nginx ``; empty where the place is told beside it
 */
export const notEndedInTime = (
  code: FailureCode & `${string}/timeout`,
  subject: string,
  ms: number,
  parts: { readonly evidence?: readonly string[]; readonly remedy?: string; readonly cause?: unknown } = {},
): NetclaimsError =>
  new NetclaimsError({
    code,
    what: `${subject} did not end within ${readableMs(ms)}`.trimStart(),
    ...parts,
  });
