import type { Report, ScenarioReport } from '../domain/report.js';
import type { Trouble } from '../domain/world-record.js';

/**
 * The trouble that kept every scenario of a report from being begun, such as a cluster that could not be made: told once, it says
 * everything. Undefined where it is not the same for all, or where there is one scenario only.
 */
export const sharedTrouble = ({ scenarios }: Report): Trouble | undefined => {
  const [first, ...others] = scenarios;
  if (first === undefined || others.length === 0) return undefined;
  const { trouble } = first;
  return trouble !== null && scenarios.every((scenario) => begunNever(scenario, trouble))
    ? trouble
    : undefined;
};

const begunNever = (scenario: ScenarioReport, trouble: Trouble): boolean =>
  [scenario, ...scenario.controls].every(
    (world) =>
      world.trouble?.code === trouble.code &&
      world.trouble.message === trouble.message &&
      Object.keys(world.observations).length === 0 &&
      Object.keys(world.probes).length === 0,
  );
