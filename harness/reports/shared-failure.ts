import { isSameFailure, type Failure } from '../domain/failure.js';
import type { Report, ScenarioReport } from '../domain/report.js';

/**
 * The failure that kept every scenario of a report from being begun, such as a cluster that could not be made: told once, it says
 * everything. Undefined where it is not the same for all, or where there is one scenario only.
 */
export const sharedFailure = ({ scenarios }: Report): Failure | undefined => {
  const [first, ...others] = scenarios;
  if (first === undefined || others.length === 0) return undefined;
  const { failure } = first;
  return failure !== null && scenarios.every((scenario) => begunNever(scenario, failure))
    ? failure
    : undefined;
};

const begunNever = (scenario: ScenarioReport, failure: Failure): boolean =>
  [scenario, ...scenario.controls].every(
    (world) =>
      world.failure !== null &&
      isSameFailure(world.failure, failure) &&
      Object.keys(world.observations).length === 0 &&
      Object.keys(world.probes).length === 0,
  );
