import { randomBytes } from 'node:crypto';
import { requireCapture } from '../diagnosis/capture.js';
import type { ClusterProvider } from '../domain/cluster-provider.js';
import type { Cluster } from '../domain/cluster.js';
import { waitingFor } from '../domain/cluster-lock.js';
import type { Observation } from '../domain/observation.js';
import type { Problem } from '../domain/problem.js';
import type { Report } from '../domain/report.js';
import type { Scenario } from '../domain/scenario.js';
import { secretsOf } from '../domain/secrets-of.js';
import { refusedBy } from '../run/applicable.js';
import { realInstruments } from '../run/real-instruments.js';
import { underLock } from '../run/isolation/under-lock.js';
import { observeReferencePods } from '../run/reference-pods.js';
import type { RunOptions } from '../run/run-options.js';
import { runScenarios } from '../run/run-scenarios.js';
import { openCluster, type ClusterRequest } from './open-cluster.js';
import { reportWithoutCluster } from './report-without-cluster.js';
import { runSession } from './run-session.js';
import { toolVersion } from './tool-version.js';
import { withFailures } from './with-failures.js';
import { isUsageError, withCleanUp } from './usage-error.js';

export interface ClaimsOptions extends Omit<RunOptions, 'instruments' | 'clock' | 'version'> {
  readonly cluster: ClusterRequest;
  readonly providers: readonly ClusterProvider[];
  /** Told of each phase of the cluster's life as it begins. */
  readonly onPhase: (phase: string) => void;
  /** Whether the facts of the reference pods are wanted as well. */
  readonly reference?: boolean;
  /**
   * Called with the report before the cluster is disposed of, so that a clean-up that hangs loses nothing; once more if the clean-up
   * fails, with a report that says so.
   */
  readonly onReport?: (found: FoundClaims) => Promise<void>;
}

/** What a run found. */
export interface FoundClaims {
  readonly report: Report;
  /** undefined if it was not wanted or could not be read. */
  readonly reference: Observation | undefined;
}

/** How a run ended. */
export type ClaimsEnd =
  | (FoundClaims & {
      readonly kind: 'reported';
      /** Why nothing ran; every world of the report says so too. */
      readonly obstacle?: unknown;
      /** The name of the cluster that `keep` left up. */
      readonly kept?: string;
    })
  | {
      readonly kind: 'refused';
      readonly problems: readonly Problem[];
      /** Why the cluster could not be disposed of. */
      readonly failures: readonly unknown[];
    };

/**
 * Runs scenarios on the cluster that is asked for. Without a cluster, the report says that everything is unknown, and why.
 * @throws NetclaimsError `usage/…`
 */
export const runClaims = async (
  scenarios: readonly Scenario[],
  options: ClaimsOptions,
  signal: AbortSignal,
): Promise<ClaimsEnd> => {
  const { cluster: request, providers, onPhase } = options;
  const runOptions: RunOptions = { ...options, version: toolVersion(), instruments: realInstruments };
  // A cluster that is kept for inspection must outlive this process.
  const name =
    options.keep === true && request.clusterName === undefined
      ? `kept-${randomBytes(3).toString('hex')}`
      : undefined;
  const opening = { name, life: name === undefined ? 'held' : 'kept', onPhase } as const;
  const failures: unknown[] = [];
  const lock = lockOf(options);

  const run = async (cluster: Cluster): Promise<FoundClaims> => {
    if (options.capture === true) await requireCapture(cluster.nodes, captureRemedy(cluster), signal);
    const reference =
      options.reference === true ? await observeReference(cluster, options, failures, signal) : undefined;
    const report = await runScenarios(scenarios, cluster, runOptions, signal);
    await options.onReport?.({ report, reference });
    return { report, reference };
  };
  const { outcome, cleanUp } = await runSession(
    () => openCluster(request, opening, providers, signal),
    {
      capabilities: scenarios.flatMap(({ requires }) => requires),
      lock,
      refusals: (cluster) => refusedBy(scenarios, cluster),
      run,
    },
    onPhase,
    signal,
  );
  failures.push(...cleanUp);
  const completed = async (found: FoundClaims, isSaved: boolean): Promise<FoundClaims> => {
    const all = { ...found, report: withFailures(found.report, failures, secretsOf(scenarios)) };
    if (!isSaved || failures.length > 0) await options.onReport?.(all);
    return all;
  };
  const removeKept = async () => {
    if (name !== undefined) await Promise.all(providers.map((provider) => provider.remove(name)));
  };
  switch (outcome.kind) {
    case 'refused':
      await removeKept();
      return { kind: 'refused', problems: outcome.problems, failures };
    case 'failed': {
      await removeKept();
      if (isUsageError(outcome.error)) throw withCleanUp(outcome.error, failures);
      const report = reportWithoutCluster(scenarios, outcome.error, request.cluster, runOptions);
      const found = await completed({ report, reference: undefined }, false);
      return { kind: 'reported', ...found, obstacle: outcome.error };
    }
    case 'ran': {
      const found = await completed(outcome.result, true);
      const inspect = name !== undefined && !signal.aborted && !allHold(found.report);
      if (!inspect) await removeKept();
      return { kind: 'reported', ...found, ...(inspect ? { kept: name } : {}) };
    }
  }
};

const lockOf = ({ wait = true, onPhase }: ClaimsOptions) => ({
  wait,
  onWait: (holder: string) => onPhase(waitingFor(holder)),
});

const allHold = ({ totals, failures }: Report): boolean =>
  totals.refuted + totals.vacuous + totals.unknown === 0 && failures === undefined;

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

/** Runs before any scenario has pods. Failing to read it does not affect verdicts. */
const observeReference = async (
  cluster: Cluster,
  options: ClaimsOptions,
  failures: unknown[],
  signal: AbortSignal,
): Promise<Observation | undefined> => {
  options.onPhase('observing the reference pods');
  try {
    return await underLock(
      cluster,
      { mode: 'alone', ...lockOf(options) },
      (held) => observeReferencePods(held, realInstruments, signal),
      signal,
    );
  } catch (error) {
    signal.throwIfAborted();
    failures.push(error);
    return undefined;
  }
};
