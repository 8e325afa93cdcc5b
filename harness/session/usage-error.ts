import { describeError, NetclaimsError } from '../domain/error.js';

/** Whether the user has to change the call or the files: then nothing ran and there is nothing to report. */
export const isUsageError = (error: unknown): error is NetclaimsError =>
  error instanceof NetclaimsError && error.code.startsWith('usage/');

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
