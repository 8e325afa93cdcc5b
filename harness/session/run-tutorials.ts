import type { ClusterProvider } from '../domain/cluster-provider.js';
import type { Report } from '../domain/report.js';
import {
  runTutorials,
  tutorialsWithoutCluster,
  type TutorialOptions,
} from '../run/tutorial/run-tutorials.js';
import type { TutorialPlan } from '../tutorial/plan/plan.js';
import { openCluster, type ClusterRequest } from './open-cluster.js';
import { runSession } from './run-session.js';
import { toolVersion } from './tool-version.js';
import { withFailures } from './with-failures.js';
import { isUsageError, withCleanUp } from './usage-error.js';

export interface TutorialsOptions extends Omit<TutorialOptions, 'version'> {
  readonly cluster: ClusterRequest;
  readonly providers: readonly ClusterProvider[];
  /** Told of each phase of the cluster's life as it begins. */
  readonly onPhase: (phase: string) => void;
}

/**
 * Runs the commands of documents on the cluster that is asked for. Without a cluster, the report says what is unknown, and why.
 * @throws NetclaimsError `usage/…`
 */
export const runTutorialsOnCluster = async (
  plans: readonly TutorialPlan[],
  options: TutorialsOptions,
  signal: AbortSignal,
): Promise<Report> => {
  const { cluster: request, providers, onPhase } = options;
  const runOptions = { ...options, version: toolVersion() };
  const { outcome, cleanUp: failures } = await runSession(
    () => openCluster(request, { name: undefined, life: 'held', onPhase }, providers, signal),
    {
      // A document says nothing of what it requires: a command that the cluster cannot run is told where it stands.
      capabilities: [],
      lock: { wait: true, onWait: () => undefined },
      refusals: () => [],
      run: (cluster) => runTutorials(plans, cluster, runOptions, signal),
    },
    onPhase,
    signal,
  );
  switch (outcome.kind) {
    case 'ran':
      return withFailures(outcome.result, failures);
    case 'refused':
      throw new Error('a document is refused by no cluster');
    case 'failed':
      if (isUsageError(outcome.error)) throw withCleanUp(outcome.error, failures);
      return withFailures(
        tutorialsWithoutCluster(plans, outcome.error, request.cluster, runOptions),
        failures,
      );
  }
};
