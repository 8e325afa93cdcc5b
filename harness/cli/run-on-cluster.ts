import type { ArtifactStore } from '../domain/artifact.js';
import type { Observation } from '../domain/observation.js';
import { describeError } from '../domain/error.js';
import { formatProblem } from '../domain/problem.js';
import type { Report } from '../domain/report.js';
import type { Scenario } from '../domain/scenario.js';
import { noProgress, showProgress } from '../reports/progress.js';
import type { TerminalDetail } from '../reports/terminal.js';
import type { ClusterRequest } from '../session/open-cluster.js';
import { runClaims, type ClaimsEnd, type FoundClaims } from '../session/run-claims.js';
import { exitCode, exitCodeOf, type ExitCode } from './exit-code.js';
import type { Terminal } from './terminal.js';

export interface RunFlags extends ClusterRequest {
  readonly parallel?: number;
  readonly failFast: boolean;
  /** Whether to wait for other runs that use the cluster; missing where the command has no such option. */
  readonly wait?: boolean;
  readonly timeout: number;
  readonly keep: boolean;
  readonly strict: boolean;
  readonly detail: TerminalDetail;
  /** Whether the facts of the reference pods are wanted as well. */
  readonly reference: boolean;
  /** Where diagnostics of worlds that do not hold are saved. */
  readonly store?: ArtifactStore | undefined;
  /** Whether those include the packets of probes. */
  readonly capture?: true;
}

/** What came of a run. */
export interface Outcome {
  readonly code: ExitCode;
  /** undefined if the cluster refused to run the scenarios. */
  readonly report: Report | undefined;
  /** undefined if it was not wanted or could not be read. */
  readonly reference: Observation | undefined;
}

/**
 * Runs scenarios on the cluster that the flags ask for, and shows progress.
 * @param onReport called before the cluster is disposed of
 * @throws NetclaimsError `usage/…`
 */
export const runOnCluster = async (
  scenarios: readonly Scenario[],
  flags: RunFlags,
  terminal: Terminal,
  onReport?: (found: FoundClaims) => Promise<void>,
): Promise<Outcome> => {
  const { providers, signal } = terminal;
  const startedAtMs = Date.now();
  const progress =
    flags.detail === 'quiet'
      ? noProgress
      : showProgress({ write: terminal.progress, ...terminal.progressStyle });
  try {
    const end = await runClaims(
      scenarios,
      {
        cluster: flags,
        providers,
        failFast: flags.failFast,
        wait: flags.wait ?? true,
        timeoutMs: flags.timeout,
        keep: flags.keep,
        reference: flags.reference,
        artifacts: flags.store,
        capture: flags.capture === true,
        startedAtMs,
        onEvent: progress.observe,
        onPhase: (phase) =>
          progress.observe({ kind: 'cluster-phase', phase, elapsedMs: Date.now() - startedAtMs }),
        ...(flags.parallel === undefined ? {} : { parallel: flags.parallel }),
        ...(onReport === undefined ? {} : { onReport }),
      },
      signal,
    );
    return outcomeOf(end, flags.strict, terminal);
  } finally {
    progress.finish();
  }
};

const outcomeOf = (end: ClaimsEnd, strict: boolean, terminal: Terminal): Outcome => {
  if (end.kind === 'refused') {
    for (const problem of end.problems) terminal.progress(`${formatProblem(problem)}\n`);
    for (const failure of end.failures) terminal.progress(`${describeError(failure)}\n`);
    return { code: exitCode.usage, report: undefined, reference: undefined };
  }
  const { report, reference, kept } = end;
  if (kept !== undefined) {
    terminal.progress(
      `kept: \`netclaims cluster list\` shows how to enter ${kept}, \`netclaims cluster down ${kept}\` removes it\n`,
    );
  }
  return { code: exitCodeOf(report, strict), report, reference };
};
