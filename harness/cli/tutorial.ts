import type { Cluster } from '../domain/cluster.js';
import { describeError } from '../domain/error.js';
import type { Report, ScenarioReport } from '../domain/report.js';
import { noProgress, showProgress } from '../reports/progress.js';
import { checkReportTargets, parseReportTargets } from '../reports/report-target.js';
import { renderTerminal, type TerminalDetail } from '../reports/terminal.js';
import { writeReports } from '../reports/write-reports.js';
import { runTutorials, tutorialsWithoutCluster } from '../run/tutorial/run-tutorials.js';
import type { TutorialPlan } from '../tutorial/plan/plan.js';
import { exitCode, exitCodeOf, exitCodeOfError, worse, type ExitCode } from './exit-code.js';
import { openCluster, type ClusterFlags } from './open-cluster.js';
import { readTutorials } from './read-tutorials.js';
import type { Terminal } from './terminal.js';
import { toolVersion } from './tool-version.js';
import { writeDocuments, type TutorialWrites } from './tutorial-files.js';
import type { Correction } from '../tutorial/update/correct-document.js';
import { claimsOf, documentScenarios, suggestions } from './tutorial-claims.js';
import { usersMachine } from './users-machine.js';

export interface TutorialFlags extends ClusterFlags, TutorialWrites {
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
  const { report, errors } = await runOnCluster(
    tutorials.map(({ plan }) => plan),
    claims,
    (file, correction) => corrections.set(file, [...(corrections.get(file) ?? []), correction]),
    flags,
    terminal,
  );
  await writeDocuments(tutorials, corrections, report, flags, terminal);
  for (const error of errors) terminal.progress(`${describeError(error)}\n`);
  terminal.result(renderTerminal(report, { ...terminal.resultStyle, detail: flags.detail }));
  const unwritten = await writeReports(report, targets, terminal.result);
  for (const error of unwritten) terminal.progress(`${describeError(error)}\n`);
  const trouble = errors.length + unwritten.length > 0 ? exitCode.unknown : exitCode.holds;
  return worse(exitCodeOf(report, false), trouble);
};

/** Runs them on the cluster that the flags name. @throws what is the user's to mend; all other trouble is in the report */
const runOnCluster = async (
  plans: readonly TutorialPlan[],
  claims: readonly ScenarioReport[],
  onCorrection: (file: string, correction: Correction) => void,
  flags: TutorialFlags,
  { providers, signal, progress: write, progressStyle }: Terminal,
): Promise<{ readonly report: Report; readonly errors: readonly unknown[] }> => {
  const startedAtMs = Date.now();
  const progress = flags.detail === 'quiet' ? noProgress : showProgress({ write, ...progressStyle });
  const onPhase = (phase: string) =>
    progress.observe({ kind: 'cluster-phase', phase, elapsedMs: Date.now() - startedAtMs });
  const options = {
    ...{ version: toolVersion(), timeoutMs: flags.timeout, onEvent: progress.observe, startedAtMs },
    ...{ machine: usersMachine(flags), claims, onCorrection },
  };
  const errors: unknown[] = [];
  let cluster: Cluster;
  try {
    cluster = await openCluster(flags, { name: undefined, life: 'held', onPhase }, providers, signal);
  } catch (error) {
    progress.finish();
    if (exitCodeOfError(error) === exitCode.usage) throw error;
    return { report: tutorialsWithoutCluster(plans, error, flags.cluster, options), errors };
  }
  try {
    return { report: await runTutorials(plans, cluster, options, signal), errors };
  } finally {
    onPhase('removing what the run made');
    await dispose(cluster).catch((error: unknown) => errors.push(error));
    progress.finish();
  }
};

const dispose = async (cluster: Cluster): Promise<void> => cluster[Symbol.asyncDispose]();
