import { failureCodes, type FailureCode } from '../failure-codes.js';
import type { Failure } from '../failure.js';

/** A failure with the remedy of its code, as most are. */
export const failure = (code: FailureCode, what: string, parts: Partial<Failure> = {}): Failure => ({
  code,
  what,
  where: '',
  evidence: [],
  remedy: failureCodes[code].remedy,
  ...parts,
});
