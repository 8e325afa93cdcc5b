import { randomBytes } from 'node:crypto';
import { requireCapture } from '../diagnosis/capture.js';
import type { ArtifactStore } from '../domain/artifact.js';
import type { Cluster } from '../domain/cluster.js';
import type { Observation } from '../domain/observation.js';
import { formatProblem } from '../domain/problem.js';
import type { Report } from '../domain/report.js';
import type { RunObserver } from '../domain/run-event.js';
import type { Scenario } from '../domain/scenario.js';
import { noProgress, showProgress } from '../reports/progress.js';
import type { TerminalDetail } from '../reports/terminal.js';
import { refusedBy } from '../run/applicable.js';
import { realInstruments } from '../run/real-instruments.js';
import { observeReferencePods } from '../run/reference-pods.js';
import { reportWithoutCluster } from '../run/report-without-cluster.js';
import { runScenarios } from '../run/run-scenarios.js';
import { withCapabilities } from '../run/with-capabilities.js';
import { exitCode, exitCodeOf, exitCodeOfError, worse, type ExitCode } from './exit-code.js';
import { openCluster, type ClusterFlags } from './open-cluster.js';
import type { Terminal } from './terminal.js';
import { toolVersion } from './tool-version.js';

export interface RunFlags extends ClusterFlags {
  readonly parallel?: number;
  readonly failFast: boolean;
  readonly timeout: number;
  readonly keep: boolean;
  readonly strict: boolean;
  readonly detail: TerminalDetail;
  /** Whether the facts of the reference pods are wanted as well. */
  readonly reference: boolean;
  /** Where to save what there is to be found out where something does not hold. */
  readonly store?: ArtifactStore | undefined;
  /** Whether the packets of probes are captured for that. */
  readonly capture?: true;
}

/** What came of a run. `errors` are those that no report tells. */
export interface Outcome {
  readonly code: ExitCode;
  /** undefined after bad usage. */
  readonly report: Report | undefined;
  /** undefined where it was not wanted, or could not be had. */
  readonly reference: Observation | undefined;
  readonly errors: readonly unknown[];
}

/** Runs scenarios on the cluster that the flags ask for, and shows its progress. */
export const runOnCluster = async (
  scenarios: readonly Scenario[],
  flags: RunFlags,
  terminal: Terminal,
): Promise<Outcome> => {
  const startedAtMs = Date.now();
  const progress =
    flags.detail === 'quiet'
      ? noProgress
      : showProgress({ write: terminal.progress, ...terminal.progressStyle });
  const phase = (text: string) =>
    progress.observe({ kind: 'cluster-phase', phase: text, elapsedMs: Date.now() - startedAtMs });
  try {
    return await run(scenarios, flags, { phase, observe: progress.observe, startedAtMs }, terminal);
  } finally {
    progress.finish();
  }
};

interface Show {
  readonly phase: (text: string) => void;
  readonly observe: RunObserver;
  readonly startedAtMs: number;
}

const run = async (
  scenarios: readonly Scenario[],
  flags: RunFlags,
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
    artifacts: flags.store,
    capture: flags.capture === true,
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
  const nothing = { report: undefined, reference: undefined };
  let outcome: Outcome = { code: exitCode.unknown, ...nothing, errors };
  try {
    if (flags.capture === true) await requireCapture(cluster.nodes, captureRemedy(cluster), signal);
    const able = await withCapabilities(scenarios, cluster, signal);
    const refused = refusedBy(scenarios, able);
    if (refused.length > 0) {
      for (const problem of refused) terminal.progress(`${formatProblem(problem)}\n`);
      outcome = { code: exitCode.usage, ...nothing, errors };
    } else {
      const reference = flags.reference ? await observeReference(able, show, errors, signal) : undefined;
      const report = await runScenarios(scenarios, able, options, signal);
      outcome = { code: exitCodeOf(report, flags.strict), report, reference, errors };
    }
  } catch (error) {
    outcome = withoutRun(error, (trouble) =>
      reportWithoutCluster(scenarios, trouble, flags.cluster, options),
    );
  } finally {
    show.phase('removing what the run made');
    await dispose(cluster).catch((error: unknown) => errors.push(error));
    if (name !== undefined) await letGoOf(name, outcome.code, terminal);
  }
  return {
    code: worse(outcome.code, errors.length > 0 ? exitCode.unknown : exitCode.holds),
    report: outcome.report,
    reference: outcome.reference,
    errors: [...new Set([...outcome.errors, ...errors])],
  };
};

const captureRemedy = ({ facts }: Cluster): string => {
  switch (facts.provider) {
    case 'containerd':
      return 'install them: `netclaims doctor --install`, or `apt-get install tcpdump`';
    case 'kind':
      return 'use a node image that has them (--node-image), as that of `make node-image` does';
    default:
      return 'install them on the nodes, or leave --capture out';
  }
};

/** What comes of a run that trouble kept from beginning. Bad usage has no report; any other trouble is told by the report alone. */
const withoutRun = (error: unknown, report: (error: unknown) => Report): Outcome => {
  const code = exitCodeOfError(error);
  return code === exitCode.usage
    ? { code, report: undefined, reference: undefined, errors: [error] }
    : { code, report: report(error), reference: undefined, errors: [] };
};

/** Before any scenario has pods. That it cannot be had keeps nobody from the verdicts. */
const observeReference = async (
  cluster: Cluster,
  show: Show,
  errors: unknown[],
  signal: AbortSignal,
): Promise<Observation | undefined> => {
  show.phase('observing the reference pods');
  try {
    return await observeReferencePods(cluster, realInstruments, signal);
  } catch (error) {
    signal.throwIfAborted();
    errors.push(error);
    return undefined;
  }
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
