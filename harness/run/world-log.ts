import type { Observation, ProbeResult } from '../domain/observation.js';
import type { WorldReport } from '../domain/report.js';
import type { WorldPlan } from '../domain/scenario.js';
import type { Trouble, UnmetWait } from '../domain/world-record.js';

/** What happens in one world, written down as it happens. */
export interface WorldLog {
  /** An observation of a name that was used before takes its place, and is the last one. */
  observed(observation: Observation): void;
  probed(result: ProbeResult): void;
  waitedInVain(wait: UnmetWait): void;
  /** What is written down so far. */
  report(trouble: Trouble | null): WorldReport;
}

/** An empty log for a plan. */
export const openWorldLog = (plan: WorldPlan): WorldLog => {
  const observations = new Map<string, Observation>();
  const probes = new Map<string, ProbeResult>();
  const unmetWaits: UnmetWait[] = [];
  const putLast = <T>(map: Map<string, T>, name: string, value: T) => {
    map.delete(name);
    map.set(name, value);
  };
  return {
    observed: (observation) => putLast(observations, observation.name, observation),
    probed: (result) => putLast(probes, result.name, result),
    waitedInVain: (wait) => unmetWaits.push(wait),
    report: (trouble) => ({
      let: Object.fromEntries(plan.let.map(({ name, value }) => [name, value.source])),
      observations: Object.fromEntries(observations),
      probes: Object.fromEntries(probes),
      unmetWaits: [...unmetWaits],
      trouble,
    }),
  };
};
