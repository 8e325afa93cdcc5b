import type { Failure } from '../domain/failure.js';
import type { Report } from '../domain/report.js';
import type { WorldReport } from '../domain/world-report.js';

/** What went wrong beside the worlds of a run. */
export const runFailures = ({ failures = [] }: Report): readonly Failure[] => failures;

/** What went wrong in a world, then what went wrong after its last step. */
export const worldFailures = ({ failure, cleanup = [] }: WorldReport): readonly Failure[] =>
  failure === null ? cleanup : [failure, ...cleanup];
