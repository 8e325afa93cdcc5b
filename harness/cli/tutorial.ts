import { describeError } from '../domain/error.js';
import type { Report, ScenarioReport } from '../domain/report.js';
import { noProgress, showProgress } from '../reports/progress.js';
import { checkReportTargets, parseReportTargets } from '../reports/report-target.js';
import { renderTerminal, type TerminalDetail } from '../reports/terminal.js';
import { writeReports } from '../reports/write-reports.js';
import type { TutorialPlan } from '../tutorial/plan/plan.js';
import { exitCode, exitCodeOf, worse, type ExitCode } from './exit-code.js';
import type { ClusterRequest } from '../session/open-cluster.js';
import { runTutorialsOnCluster } from '../session/run-tutorials.js';
import { readTutorials } from './read-tutorials.js';
import type { Terminal } from './terminal.js';
import { writeDocuments, type TutorialWrites } from './tutorial-files.js';
import type { Correction } from '../tutorial/update/correct-document.js';
import { claimsOf, documentScenarios, suggestions } from './tutorial-claims.js';
import { usersMachine } from './users-machine.js';

export interface TutorialFlags extends ClusterRequest, TutorialWrites {
  readonly allowHost: boolean;
  readonly scenarios: readonly string[];
  readonly suggest: boolean;
  readonly timeout: number;
  readonly detail: TerminalDetail;
  readonly report: readonly string[];
}

/** `netclaims tutorial check`: runs the commands of tutorials on a cluster, and compares what they print with what the documents show. */
export const tutorialCheck = async (
  files: readonly string[],
  flags: TutorialFlags,
  terminal: Terminal,
): Promise<ExitCode> => {
  const targets = parseReportTargets(flags.report, terminal.folder);
  await checkReportTargets(targets);
  const tutorials = await readTutorials(files, terminal);
  const scenarios = await documentScenarios(flags.scenarios, terminal);
  if (tutorials === undefined || scenarios === undefined) return exitCode.usage;
  if (flags.suggest) terminal.progress(suggestions(tutorials, scenarios));
  const claims = claimsOf(tutorials, scenarios);

  const corrections = new Map<string, readonly Correction[]>();
  const report = await runOnCluster(
    tutorials.map(({ plan }) => plan),
    claims,
    (file, correction) => corrections.set(file, [...(corrections.get(file) ?? []), correction]),
    flags,
    terminal,
  );
  await writeDocuments(tutorials, corrections, report, flags, terminal);
  terminal.result(renderTerminal(report, { ...terminal.resultStyle, detail: flags.detail }));
  const unwritten = await writeReports(report, targets, terminal.result);
  for (const error of unwritten) terminal.progress(`${describeError(error)}\n`);
  const written = unwritten.length > 0 ? exitCode.unknown : exitCode.holds;
  return worse(exitCodeOf(report, false), written);
};

/** Runs them on the cluster that the flags ask for, and shows progress. @throws NetclaimsError `usage/…` */
const runOnCluster = async (
  plans: readonly TutorialPlan[],
  claims: readonly ScenarioReport[],
  onCorrection: (file: string, correction: Correction) => void,
  flags: TutorialFlags,
  { providers, signal, progress: write, progressStyle }: Terminal,
): Promise<Report> => {
  const startedAtMs = Date.now();
  const progress = flags.detail === 'quiet' ? noProgress : showProgress({ write, ...progressStyle });
  try {
    return await runTutorialsOnCluster(
      plans,
      {
        cluster: flags,
        providers,
        onPhase: (phase) =>
          progress.observe({ kind: 'cluster-phase', phase, elapsedMs: Date.now() - startedAtMs }),
        timeoutMs: flags.timeout,
        onEvent: progress.observe,
        startedAtMs,
        machine: usersMachine(flags),
        claims,
        onCorrection,
      },
      signal,
    );
  } finally {
    progress.finish();
  }
};
