import { describeError, NetclaimsError } from '../domain/error.js';
import { formatProblem } from '../domain/problem.js';
import type { Report } from '../domain/report.js';
import type { Scenario } from '../domain/scenario.js';
import { runClaims, type ClaimsOptions } from './run-claims.js';

/** The report of one of several runs, and the failures that no world of it has. */
export interface OneOfSeveral {
  readonly report: Report;
  readonly failures: readonly unknown[];
}

/**
 * Runs scenarios on a cluster, as one of several runs. A refusal is an error here, and a run without a cluster does not stop the others.
 * @param tell called with each phase and each failure
 * @throws NetclaimsError `usage/…`; the reason of `signal` once it is aborted
 */
export const claimsReport = async (
  scenarios: readonly Scenario[],
  options: Omit<ClaimsOptions, 'onPhase'>,
  tell: (text: string) => void,
  signal: AbortSignal,
): Promise<OneOfSeveral> => {
  const end = await runClaims(scenarios, { ...options, onPhase: tell }, signal);
  signal.throwIfAborted();
  if (end.kind === 'reported' && end.obstacle !== undefined) tell(describeError(end.obstacle));
  for (const failure of end.failures) tell(describeError(failure));
  if (end.kind === 'reported') return { report: end.report, failures: end.failures };
  throw new NetclaimsError({
    code: 'usage/refused',
    what: `a cluster with ${options.cluster.cni ?? 'this network'} cannot run the scenarios`,
    evidence: end.problems.map(formatProblem),
    remedy: 'name what they need in `requires`',
  });
};
