import type { Node } from '../domain/cluster.js';
import type { Facts } from '../domain/fact-types.js';
import type { Fingerprint } from '../domain/fingerprint.js';
import type { Observation } from '../domain/observation.js';
import type { PodRecord } from '../domain/pod-record.js';
import type { WorldReport } from '../domain/world-report.js';
import type { TextValue } from '../judge/evaluate-text.js';
import type { Condition } from '../judge/judge-condition.js';
import type { JudgedScenario, ScenarioJudgement } from '../judge/judge-scenario.js';

/** What the loop needs of facts/ and judge/; a test hands in its own. */
export interface Instruments {
  /** Reads all facts of a world once. */
  collect(name: string, subjects: Subjects, signal: AbortSignal): Promise<Observation>;
  /** What of a node must be the same before and after a world. */
  fingerprint(node: Node, signal: AbortSignal): Promise<Fingerprint>;
  /** What the condition of a wait is in a world as `fresh` shows it, beside all that the world has recorded. Pure. */
  judgeCondition(until: string, world: WorldReport, fresh: Observation): Condition;
  /** What an expression comes to as text, in a world as far as it has come. Pure. */
  evaluateText(source: string, world: WorldReport): TextValue;
  /** The verdicts of a scenario from what happened in its worlds. Pure. */
  judgeScenario(scenario: JudgedScenario): ScenarioJudgement;
}

/** Whose facts are read. */
export interface Subjects {
  readonly pods: readonly PodRecord[];
  readonly nodes: readonly Node[];
  readonly cluster: Facts<'Cluster'>;
}
