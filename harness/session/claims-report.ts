import { describeError, NetclaimsError } from '../domain/error.js';
import { failureLines } from '../domain/failure.js';
import { formatProblem } from '../domain/problem.js';
import type { Report } from '../domain/report.js';
import type { Scenario } from '../domain/scenario.js';
import { runClaims, type ClaimsOptions } from './run-claims.js';

/**
 * Runs scenarios on a cluster, as one of several runs. A refusal is an error here, and a run without a cluster does not stop the others.
 * @param tell called with each phase and each failure of the run
 * @throws NetclaimsError `usage/…`; the reason of `signal` once it is aborted
 */
export const claimsReport = async (
  scenarios: readonly Scenario[],
  options: Omit<ClaimsOptions, 'onPhase'>,
  tell: (text: string) => void,
  signal: AbortSignal,
): Promise<Report> => {
  const end = await runClaims(scenarios, { ...options, onPhase: tell }, signal);
  signal.throwIfAborted();
  if (end.kind === 'reported' && end.obstacle !== undefined) tell(describeError(end.obstacle));
  if (end.kind === 'reported') {
    for (const failure of end.report.failures ?? []) tell(failureLines(failure).join('\n'));
    return end.report;
  }
  throw new NetclaimsError({
    code: 'usage/refused',
    what: `a cluster with ${options.cluster.cni ?? 'this network'} cannot run the scenarios`,
    evidence: [...end.problems.map(formatProblem), ...end.failures.map(describeError)],
    remedy: 'name what they need in `requires`',
  });
};
