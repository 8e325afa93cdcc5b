import { describeError, NetclaimsError } from '../domain/error.js';
import { formatProblem } from '../domain/problem.js';
import type { Report } from '../domain/report.js';
import type { Scenario } from '../domain/scenario.js';
import { refusedBy } from '../run/applicable.js';
import { realInstruments } from '../run/real-instruments.js';
import { reportWithoutCluster } from '../run/report-without-cluster.js';
import { runScenarios } from '../run/run-scenarios.js';
import { withCapabilities } from '../run/with-capabilities.js';
import { exitCode, exitCodeOfError } from './exit-code.js';
import { openCluster, type ClusterFlags } from './open-cluster.js';
import type { Terminal } from './terminal.js';
import { toolVersion } from './tool-version.js';

/** A cluster for one run of scenarios, and how they are run on it. */
export interface ClusterRunFlags extends ClusterFlags {
  readonly parallel?: number;
  /** Milliseconds for each scenario with its controls. */
  readonly timeout: number;
}

/**
 * Makes a cluster, runs scenarios on it and removes it. Without a cluster everything is unknown, and nobody is kept from the next one.
 * @param tell told of each phase, and of trouble
 * @throws NetclaimsError `usage/…`; why the terminal's signal was aborted
 */
export const reportOnCluster = async (
  scenarios: readonly Scenario[],
  flags: ClusterRunFlags,
  tell: (text: string) => void,
  { providers, signal }: Pick<Terminal, 'providers' | 'signal'>,
): Promise<Report> => {
  const options = {
    version: toolVersion(),
    timeoutMs: flags.timeout,
    onEvent: () => undefined,
    startedAtMs: Date.now(),
    instruments: realInstruments,
    ...(flags.parallel === undefined ? {} : { parallel: flags.parallel }),
  };
  const run = async (): Promise<Report> => {
    await using cluster = await openCluster(
      flags,
      { name: undefined, life: 'held', onPhase: tell },
      providers,
      signal,
    );
    const able = await withCapabilities(scenarios, cluster, signal);
    const refused = refusedBy(scenarios, able);
    if (refused.length > 0) {
      throw new NetclaimsError({
        code: 'usage/refused',
        what: `the scenarios ask for what a cluster with ${flags.cni ?? 'this network'} cannot do`,
        evidence: refused.map(formatProblem),
        remedy: 'name in `requires` what they need',
      });
    }
    tell(`${scenarios.length} claims`);
    return await runScenarios(scenarios, able, options, signal);
  };
  try {
    const report = await run();
    signal.throwIfAborted();
    return report;
  } catch (error) {
    signal.throwIfAborted();
    if (exitCodeOfError(error) === exitCode.usage) throw error;
    tell(describeError(error));
    return reportWithoutCluster(scenarios, error, flags.cluster, options);
  }
};
