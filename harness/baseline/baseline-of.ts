import type { Baseline, BaselineClaim } from '../domain/baseline.js';
import type { Observation } from '../domain/observation.js';
import type { ScenarioReport } from '../domain/report.js';
import { looksOf } from './looks.js';

/** A baseline from the facts of the reference pods and from what became of some scenarios. */
export const baselineOf = (observation: Observation, scenarios: readonly ScenarioReport[]): Baseline => {
  const { provider, cni, kubernetes, runtime, kernel } = observation.cluster;
  return {
    apiVersion: 'netclaims.dev/v1',
    kind: 'Baseline',
    cluster: { provider, cni, kubernetes, runtime, kernel },
    ...looksOf(observation),
    claim: Object.fromEntries(scenarios.map((scenario) => [scenario.name, claimOf(scenario)])),
  };
};

const claimOf = ({ verdict, expectations }: ScenarioReport): BaselineClaim => ({
  verdict,
  expectation: Object.fromEntries(expectations.map(({ id, verdict: own }) => [id, own])),
});
