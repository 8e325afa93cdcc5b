import type { Cluster, World } from '../../domain/cluster.js';
import type { Observation } from '../../domain/observation.js';
import type { Step } from '../../domain/scenario.js';
import type { UnmetWait } from '../../domain/world-report.js';
import type { Clock } from '../clock.js';
import type { Instruments } from '../instruments.js';
import type { OutputBudget } from '../output-budget.js';
import type { WorldLog } from '../world-log.js';

/** Where the packets of a probe are. */
export interface ProbeSpot {
  readonly probe: string;
  readonly timeoutMs: number;
  readonly node: string;
  /** undefined for the node's own. */
  readonly netns: string | undefined;
}

/** What a step works with. */
export interface StepContext {
  readonly cluster: Cluster;
  readonly world: World;
  readonly log: WorldLog;
  readonly instruments: Instruments;
  readonly clock: Clock;
  /** Shared by all worlds of the run. */
  readonly outputBudget: OutputBudget;
  /** Has something undone once the world is removed. */
  undoLater(undo: AsyncDisposable): void;
  /** Does a probe's work while packets are captured where it runs, when that is asked for; just does it otherwise. */
  readonly captured: <T>(at: ProbeSpot, work: () => Promise<T>, signal: AbortSignal) => Promise<T>;
  /** Does a step inside this one. */
  run(step: Step, signal: AbortSignal): Promise<StepEnd>;
}

/** What a `wait` waited for in vain, which ends the world; undefined from every other step and wait. */
export type StepEnd = UnmetWait | undefined;

export type StepOf<Kind extends Step['kind']> = Extract<Step, { readonly kind: Kind }>;

/** Does one kind of step. Throws what ends the world. */
export type StepRunner<Kind extends Step['kind']> = (
  step: StepOf<Kind>,
  context: StepContext,
  signal: AbortSignal,
) => Promise<StepEnd>;

/** All facts as they are now. */
export const readFacts = async (
  name: string,
  { cluster, world, instruments }: StepContext,
  signal: AbortSignal,
): Promise<Observation> => {
  const pods = await world.pods(signal);
  return instruments.collect(name, { pods, nodes: cluster.nodes, cluster: cluster.facts }, signal);
};
