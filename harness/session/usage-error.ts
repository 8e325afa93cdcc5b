import { describeError, NetclaimsError } from '../domain/error.js';
import { blames } from '../domain/failure.js';

/** Whether the user has to change the call or the files: then nothing ran and there is nothing to report. */
export const isUsageError = (error: unknown): error is NetclaimsError =>
  error instanceof NetclaimsError && blames(error, 'usage');

/** The same error, which also says what the clean-up after it left. */
export const withCleanUp = (error: NetclaimsError, cleanUp: readonly unknown[]): NetclaimsError =>
  cleanUp.length === 0
    ? error
    : new NetclaimsError({
        code: error.code,
        what: error.message,
        evidence: [...error.evidence, ...cleanUp.map(describeError)],
        remedy: error.remedy,
        cause: error,
      });
