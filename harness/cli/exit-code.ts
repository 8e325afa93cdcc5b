import { isUnread } from '../baseline/readable.js';
import type { Json } from '../domain/fact-types.js';
import type { Report } from '../domain/report.js';
import { isUsageError } from '../session/usage-error.js';

/** What a process says by its end; design.md, "The command line". Of `refuted` and `unknown`, `refuted` wins. */
export const exitCode = {
  /** Nothing was refuted, vacuous or unknown. */
  holds: 0,
  refuted: 1,
  /** Something is unknown, or the infrastructure or clean-up failed. */
  unknown: 2,
  /** Bad usage or a bad scenario: nothing was run. */
  usage: 3,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** @param strict whether an expectation that no control refutes is a failure */
export const exitCodeOf = (report: Report, strict: boolean): ExitCode => {
  const { refuted, vacuous, unknown } = report.totals;
  const uncontrolled =
    strict &&
    report.scenarios.some(({ expectations }) =>
      expectations.some((expectation) => expectation.uncontrolled && expectation.verdict === 'holds'),
    );
  if (refuted > 0 || vacuous > 0 || uncontrolled) return exitCode.refuted;
  return unknown > 0 || isUnclean(report) ? exitCode.unknown : exitCode.holds;
};

/** Whether something went wrong beside the worlds or after their last step: what was made was not removed, or left something behind. */
const isUnclean = ({ scenarios, failures }: Report): boolean =>
  failures !== undefined ||
  scenarios.some((scenario) =>
    [scenario, ...scenario.controls].some(({ cleanup = [] }) => cleanup.length > 0),
  );

/** The exit code for an error: bad usage is the caller's to fix, everything else is a failure of the infrastructure. */
export const exitCodeOfError = (error: unknown): ExitCode =>
  isUsageError(error) ? exitCode.usage : exitCode.unknown;

/** Of two ways to fail, the one that wins. */
export const worse = (a: ExitCode, b: ExitCode): ExitCode => {
  const order: readonly ExitCode[] = [exitCode.usage, exitCode.refuted, exitCode.unknown];
  return order.find((code) => code === a || code === b) ?? exitCode.holds;
};

/**
 * Better or worse, what differs is not what was expected; but what could not be seen is no answer of a cluster.
 * @param found what each difference has come to; undefined where it is there no more
 */
export const exitCodeOfDifferences = (found: readonly (Json | undefined)[]): ExitCode => {
  if (found.length === 0) return exitCode.holds;
  return found.every(isUnread) ? exitCode.unknown : exitCode.refuted;
};
