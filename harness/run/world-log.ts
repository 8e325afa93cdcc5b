import type { Failure } from '../domain/failure.js';
import type { Observation, ProbeResult } from '../domain/observation.js';
import { allSteps, type Step, type WorldPlan } from '../domain/scenario.js';
import type { MissedSteps, UnmetWait, WorldReport } from '../domain/world-report.js';

/** What happens in one world, written down as it happens. */
export interface WorldLog {
  /** An observation of a name that was used before takes its place, and is the last one. */
  observed(observation: Observation): void;
  probed(result: ProbeResult): void;
  /** What is written down so far, of a world that goes on or came to its last step. */
  report(): WorldReport;
  /** The same of a world that ended early, with the step before which it did, and why. */
  endedEarly(
    missed: readonly Step[],
    why: { readonly unmet?: UnmetWait; readonly failure?: Failure },
  ): WorldReport;
}

/** An empty log for a plan. */
export const openWorldLog = (plan: WorldPlan): WorldLog => {
  const observations = new Map<string, Observation>();
  const probes = new Map<string, ProbeResult>();
  const putLast = <T extends { readonly name: string }>(map: Map<string, T>, value: T) => {
    map.delete(value.name);
    map.set(value.name, value);
  };
  const report = (): WorldReport => ({
    footprint: plan.footprint,
    let: Object.fromEntries(plan.let.map(({ name, value }) => [name, value.source])),
    observations: Object.fromEntries(observations),
    probes: Object.fromEntries(probes),
    unmetWaits: [],
    failure: null,
  });
  return {
    observed: (observation) => putLast(observations, observation),
    probed: (result) => putLast(probes, result),
    report,
    endedEarly: (missed, { unmet, failure }) => ({
      ...report(),
      unmetWaits: unmet === undefined ? [] : [unmet],
      failure: failure ?? null,
      missed: missedNames(missed),
    }),
  };
};

/** What steps that were not done, or not to their end, would have observed and probed. */
const missedNames = (steps: readonly Step[]): MissedSteps => {
  const all = allSteps(steps);
  const names = (kind: 'observe' | 'probe') => [
    ...new Set(all.flatMap((step) => (step.kind === kind ? step.name : []))),
  ];
  return { observations: names('observe'), probes: names('probe') };
};
