import { readFileSync } from 'node:fs';
import { packageFile } from '../clusters/package-file.js';
import { NetclaimsError } from '../domain/error.js';
import { formatProblem } from '../domain/problem.js';
import type { ScenarioReport } from '../domain/report.js';
import type { Scenario, WorldPlan } from '../domain/scenario.js';
import { notApplicable, refusedBy } from '../run/applicable.js';
import { realInstruments } from '../run/real-instruments.js';
import { runScenarios } from '../run/run-scenarios.js';
import { withCapabilities } from '../run/with-capabilities.js';
import type { JestOptions } from './jest-options.js';
import { attachToShared } from './share-cluster.js';

/** Jest ends a worker rather than telling it to stop; the cluster goes with Jest itself. */
const never = new AbortController().signal;

/** Why each world of a scenario is not applicable, if it is: its own, and those of its controls in order. */
export interface Applicability {
  readonly own: string | undefined;
  readonly controls: readonly (string | undefined)[];
}

/**
 * Asks the run's cluster which worlds of a scenario it can have, before anything is started on it.
 * @throws NetclaimsError `usage/refused` when the cluster cannot do what a manifest asks for
 */
export const askCluster = async (scenario: Scenario, options: JestOptions): Promise<Applicability> => {
  await using attached = await attachToShared(options, never);
  const cluster = await withCapabilities([scenario], attached, never);
  const problems = refusedBy([scenario], cluster);
  if (problems.length > 0) {
    throw new NetclaimsError({
      code: 'usage/refused',
      what: 'the cluster cannot do what these manifests ask for',
      evidence: problems.map(formatProblem),
    });
  }
  const why = (world: WorldPlan) => notApplicable(scenario, world, cluster);
  const own = why(scenario.world);
  return { own, controls: scenario.controls.map(({ world }) => own ?? why(world)) };
};

/** Runs a scenario with its controls on the run's cluster. */
export const runOnShared = async (scenario: Scenario, options: JestOptions): Promise<ScenarioReport> => {
  await using attached = await attachToShared(options, never);
  const cluster = await withCapabilities([scenario], attached, never);
  const { timeoutMs } = options;
  const report = await runScenarios(
    [scenario],
    cluster,
    {
      version: toolVersion(),
      instruments: realInstruments,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    },
    never,
  );
  const [own] = report.scenarios;
  if (own === undefined) throw new Error(`the report has no ${scenario.name}`);
  return own;
};

const toolVersion = (): string =>
  (JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { readonly version: string }).version;
