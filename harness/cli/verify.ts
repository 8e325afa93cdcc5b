import { randomBytes } from 'node:crypto';
import type { Cluster } from '../domain/cluster.js';
import { describeError } from '../domain/error.js';
import { formatProblem } from '../domain/problem.js';
import type { Report } from '../domain/report.js';
import type { RunObserver } from '../domain/run-event.js';
import type { Scenario } from '../domain/scenario.js';
import { noProgress, showProgress } from '../reports/progress.js';
import { checkReportTargets, parseReportTargets } from '../reports/report-target.js';
import { renderTerminal, type TerminalDetail } from '../reports/terminal.js';
import { writeReports } from '../reports/write-reports.js';
import { refusedBy } from '../run/applicable.js';
import { realInstruments } from '../run/real-instruments.js';
import { reportWithoutCluster } from '../run/report-without-cluster.js';
import { runScenarios } from '../run/run-scenarios.js';
import { withCapabilities } from '../run/with-capabilities.js';
import { exitCode, exitCodeOf, exitCodeOfError, worse, type ExitCode } from './exit-code.js';
import { openCluster, type ClusterFlags } from './open-cluster.js';
import { selectedScenarios } from './selected-scenarios.js';
import type { Terminal } from './terminal.js';
import { toolVersion } from './tool-version.js';

export interface VerifyFlags extends ClusterFlags {
  readonly selector?: string;
  readonly shard?: string;
  readonly parallel?: number;
  readonly failFast: boolean;
  readonly timeout: number;
  readonly keep: boolean;
  readonly strict: boolean;
  readonly detail: TerminalDetail;
  readonly report: readonly string[];
}

/** `netclaims verify`: runs scenarios on a cluster and prints their verdicts. */
export const verify = async (
  paths: readonly string[],
  flags: VerifyFlags,
  terminal: Terminal,
): Promise<ExitCode> => {
  const targets = parseReportTargets(flags.report, terminal.folder);
  await checkReportTargets(targets);
  const scenarios = await selectedScenarios(paths, flags, terminal);
  if (scenarios === undefined) return exitCode.usage;

  const startedAtMs = Date.now();
  const progress =
    flags.detail === 'quiet'
      ? noProgress
      : showProgress({ write: terminal.progress, ...terminal.progressStyle });
  const phase = (text: string) =>
    progress.observe({ kind: 'cluster-phase', phase: text, elapsedMs: Date.now() - startedAtMs });
  let outcome: Outcome;
  try {
    outcome = await runOnCluster(
      scenarios,
      flags,
      { phase, observe: progress.observe, startedAtMs },
      terminal,
    );
  } finally {
    progress.finish();
  }

  for (const error of outcome.errors) terminal.progress(`${describeError(error)}\n`);
  if (outcome.report === undefined) return outcome.code;
  terminal.result(renderTerminal(outcome.report, { ...terminal.resultStyle, detail: flags.detail }));
  const unwritten = await writeReports(outcome.report, targets, terminal.result);
  for (const error of unwritten) terminal.progress(`${describeError(error)}\n`);
  return worse(outcome.code, unwritten.length > 0 ? exitCode.unknown : exitCode.holds);
};

interface Outcome {
  readonly code: ExitCode;
  readonly report: Report | undefined;
  readonly errors: readonly unknown[];
}

interface Show {
  readonly phase: (text: string) => void;
  readonly observe: RunObserver;
  readonly startedAtMs: number;
}

const runOnCluster = async (
  scenarios: readonly Scenario[],
  flags: VerifyFlags,
  show: Show,
  terminal: Terminal,
): Promise<Outcome> => {
  const { providers, signal } = terminal;
  const options = {
    version: toolVersion(),
    failFast: flags.failFast,
    timeoutMs: flags.timeout,
    keep: flags.keep,
    onEvent: show.observe,
    startedAtMs: show.startedAtMs,
    instruments: realInstruments,
    ...(flags.parallel === undefined ? {} : { parallel: flags.parallel }),
  };
  // What is to be looked at afterwards needs a cluster that outlives this process.
  const name =
    flags.keep && flags.clusterName === undefined ? `kept-${randomBytes(3).toString('hex')}` : undefined;
  const life = name === undefined ? 'held' : 'kept';
  let cluster: Cluster;
  try {
    cluster = await openCluster(flags, { name, life, onPhase: show.phase }, providers, signal);
  } catch (error) {
    return withoutRun(error, (trouble) => reportWithoutCluster(scenarios, trouble, flags.cluster, options));
  }

  const errors: unknown[] = [];
  let outcome: Outcome = { code: exitCode.unknown, report: undefined, errors };
  try {
    const able = await withCapabilities(scenarios, cluster, signal);
    const refused = refusedBy(scenarios, able);
    if (refused.length > 0) {
      for (const problem of refused) terminal.progress(`${formatProblem(problem)}\n`);
      outcome = { code: exitCode.usage, report: undefined, errors };
    } else {
      const report = await runScenarios(scenarios, able, options, signal);
      outcome = { code: exitCodeOf(report, flags.strict), report, errors };
    }
  } catch (error) {
    outcome = withoutRun(error, (trouble) =>
      reportWithoutCluster(scenarios, trouble, flags.cluster, options),
    );
  } finally {
    show.phase('removing the cluster');
    await dispose(cluster).catch((error: unknown) => errors.push(error));
    if (name !== undefined) await letGoOf(name, outcome.code, terminal);
  }
  return {
    code: worse(outcome.code, errors.length > 0 ? exitCode.unknown : exitCode.holds),
    report: outcome.report,
    errors: [...new Set([...outcome.errors, ...errors])],
  };
};

/** What comes of a run that trouble kept from beginning. Bad usage has no report; any other trouble is told by the report alone. */
const withoutRun = (error: unknown, report: (error: unknown) => Report): Outcome => {
  const code = exitCodeOfError(error);
  return code === exitCode.usage
    ? { code, report: undefined, errors: [error] }
    : { code, report: report(error), errors: [] };
};

const dispose = async (cluster: Cluster): Promise<void> => cluster[Symbol.asyncDispose]();

/** Removes a cluster that `--keep` made, unless there is something to look at in it. */
const letGoOf = async (name: string, code: ExitCode, terminal: Terminal): Promise<void> => {
  if (code === exitCode.holds || code === exitCode.usage || terminal.signal.aborted) {
    await Promise.all(terminal.providers.map((provider) => provider.remove(name)));
    return;
  }
  terminal.progress(
    `kept: \`netclaims cluster list\` says how to enter ${name}, \`netclaims cluster down ${name}\` removes it\n`,
  );
};
