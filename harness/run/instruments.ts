import type { Node } from '../domain/cluster.js';
import type { Facts } from '../domain/fact-types.js';
import type { Observation } from '../domain/observation.js';
import type { PodRecord } from '../domain/pod-record.js';
import type { ControlReport, ScenarioReport, WorldReport } from '../domain/report.js';
import type { Scenario } from '../domain/scenario.js';
import type { SubExpressionValue } from '../domain/world-record.js';

/** What the loop needs of facts/ and judge/; a test hands in its own. */
export interface Instruments {
  /** Reads all facts of a world once. */
  collect(name: string, subjects: Subjects, signal: AbortSignal): Promise<Observation>;
  /** What a condition is in a world as `fresh` shows it, beside all that the world has recorded. Pure. */
  evaluate(until: string, world: WorldReport, fresh: Observation): Condition;
  /** The verdicts of a scenario from what happened in its worlds. Pure. */
  judge(scenario: Scenario, worlds: ScenarioWorlds): Judgement;
}

/** Whose facts are read. */
export interface Subjects {
  readonly pods: readonly PodRecord[];
  readonly nodes: readonly Node[];
  readonly cluster: Facts<'Cluster'>;
}

/** A condition as it was read: true, false, or not readable for a reason. */
export type Condition =
  | { readonly kind: 'true' }
  | { readonly kind: 'false'; readonly values: readonly SubExpressionValue[] }
  | { readonly kind: 'unknown'; readonly because: string };

/** The record of the scenario's own world, and of its controls in the scenario's order. */
export interface ScenarioWorlds {
  readonly own: WorldReport;
  readonly controls: readonly ControlReport[];
}

export type Judgement = Pick<ScenarioReport, 'verdict' | 'expectations'>;
