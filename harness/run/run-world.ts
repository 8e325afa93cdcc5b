import type { Cluster, World } from '../domain/cluster.js';
import { NetclaimsError } from '../domain/error.js';
import { failureOf, type Failure } from '../domain/failure.js';
import type { Ground } from '../domain/ground.js';
import type { WorldReport } from '../domain/world-report.js';
import type { RunEvent, WorldName } from '../domain/run-event.js';
import type { Step, WorldPlan } from '../domain/scenario.js';
import { openCaptures, type Captures } from './captures.js';
import type { Clock } from './clock.js';
import { checkGround, mayEndSandboxes, onGround, withLoss } from './ground.js';
import type { Instruments } from './instruments.js';
import type { OutputBudget } from './output-budget.js';
import { stepPlace, stepTitle } from './step-title.js';
import { runStep } from './steps/index.js';
import type { StepContext, StepEnd } from './steps/step-runner.js';
import { within } from './within.js';
import { openWorldLog } from './world-log.js';

/** How long a world's manifests may take until all of them are ready. */
const readyMs = 120_000;

/** How long the removal of a world may take. */
const closeMs = 60_000;

export interface WorldTools {
  readonly cluster: Cluster;
  readonly instruments: Instruments;
  readonly clock: Clock;
  /** Shared by all worlds of the run. */
  readonly outputBudget: OutputBudget;
  /** Tells an event; when it happened is added on the way. */
  readonly tell: (event: UntimedEvent) => void;
  /** Whether the packets of probes are captured, for a diagnosis. */
  readonly capture: boolean;
}

type Untimed<Event> = Event extends RunEvent ? Omit<Event, 'elapsedMs'> : never;
export type UntimedEvent = Untimed<RunEvent>;

/** A world in which nothing more happens. */
export interface EndedWorld {
  readonly namespace: string;
  /** undefined when it could not be opened. */
  readonly world: World | undefined;
  /** When it began, by the clock. */
  readonly beganMs: number;
  readonly report: WorldReport;
  readonly captures: Captures;
  /** Removes it, once however often it is called; gives why that failed, if it did. */
  readonly close: () => Promise<Failure | null>;
}

/**
 * Opens a world, applies its manifests and goes through its steps, to the last one or the first that fails. Never throws: whatever
 * goes wrong is the report's failure. A world whose ground is lost ends at once. Whoever gets an ended world closes it.
 */
export const runWorld = async (
  name: WorldName,
  plan: WorldPlan,
  namespace: string,
  tools: WorldTools,
  signal: AbortSignal,
): Promise<EndedWorld> => {
  const { cluster, clock, instruments, outputBudget, tell } = tools;
  const stop = onGround(cluster, signal);
  const log = openWorldLog(plan);
  const captures = openCaptures(tools.capture, cluster);
  const began = clock.now();
  let opening: Promise<World> | undefined;
  let opened: World | undefined;
  const changes: AsyncDisposable[] = [];
  let at = 'applying the manifests';

  const setUp = async (inTime: AbortSignal): Promise<World> => {
    opening = cluster.openWorld(namespace);
    opened = await opening;
    await opened.apply(plan.manifests, inTime);
    return opened;
  };

  const contextOf = (world: World): StepContext => {
    const run = (step: Step, inTime: AbortSignal) => {
      at = stepPlace(step);
      return runStep(step, context, inTime);
    };
    const undoLater = (change: AsyncDisposable) => void changes.unshift(change);
    const captured = captures.during;
    const shared = { cluster, instruments, clock, outputBudget };
    const context: StepContext = { ...shared, world, log, captured, run, undoLater };
    return context;
  };

  /** Does one thing that the display has a line for. */
  const stage = async <T>(
    index: number,
    step: string,
    work: () => Promise<T>,
    failed: (result: T) => Failure | null,
  ): Promise<T> => {
    const stageBegan = clock.now();
    const finish = (failure: Failure | null) =>
      tell({ kind: 'step-finished', ...name, index, step, durationMs: clock.now() - stageBegan, failure });
    tell({ kind: 'step-started', ...name, index, step });
    try {
      const result = await work();
      finish(failed(result));
      return result;
    } catch (error) {
      finish(failureOf(error, at));
      throw error;
    }
  };

  /** The steps that are not done yet, the one at work included. */
  let missing: readonly Step[] = plan.steps;
  const goThrough = async (): Promise<WorldReport> => {
    const world = await stage(
      0,
      'apply manifests',
      () => within(readyMs, notReady, setUp, stop),
      () => null,
    );
    const context = contextOf(world);
    const inWorld = mayEndSandboxes(plan) ? stop : onGround(world, stop);
    for (const [index, step] of plan.steps.entries()) {
      missing = plan.steps.slice(index);
      const unmet = await stage(index + 1, stepTitle(step), () => context.run(step, inWorld), unmetFailure);
      if (unmet !== undefined) return log.endedEarly(missing, { unmet });
    }
    return log.report();
  };

  tell({ kind: 'world-started', ...name, steps: plan.steps.length });
  const seen = await goThrough().catch((error: unknown) =>
    log.endedEarly(missing, { failure: failureOf(error, at) }),
  );
  const report = await checkGround(cluster, mayEndSandboxes(plan) ? undefined : opened).then(
    () => seen,
    (loss: unknown) => withLoss(seen, failureOf(loss, '')),
  );
  const failure = report.failure ?? unmetFailure(report.unmetWaits[0]);
  tell({ kind: 'world-finished', ...name, durationMs: clock.now() - began, failure });
  let closing: Promise<Failure | null> | undefined;
  return {
    ...{ namespace, report, world: opened, beganMs: began, captures },
    close: () => (closing ??= close(namespace, opening, changes, cluster.ground)),
  };
};

/** For the display: in the report, an unmet wait is no failure but something that was seen. */
const unmetFailure = (unmet: StepEnd): Failure | null =>
  unmet === undefined ? null : failureOf(new NetclaimsError({ code: 'step/unmet', what: unmet.message }), '');

/** Takes no signal: what was interrupted is removed all the same. */
const close = async (
  namespace: string,
  opening: Promise<World> | undefined,
  changes: readonly AsyncDisposable[],
  { lost }: Ground,
): Promise<Failure | null> => {
  const late = () =>
    new NetclaimsError({
      code: 'cluster/cleanup',
      what: `${namespace} was not removed within ${closeMs / 1_000} s`,
    });
  const remove = async () => {
    // A world that was not opened leaves nothing to remove; why it was not is told already.
    const world = await opening?.catch(() => undefined);
    try {
      await world?.[Symbol.asyncDispose]();
    } finally {
      for (const change of changes) await change[Symbol.asyncDispose]();
    }
  };
  try {
    await within(closeMs, late, remove, new AbortController().signal);
    return null;
  } catch (error) {
    // What was lost is told already; nothing of this world is left on it.
    if (lost.aborted && (error === lost.reason || isConnectionLost(error))) return null;
    return failureOf(error, `removing ${namespace}`);
  }
};

const isConnectionLost = (error: unknown): boolean =>
  error instanceof NetclaimsError && error.code === 'cluster/cri-lost';

const notReady = () =>
  new NetclaimsError({
    code: 'pod/not-ready',
    what: `not everything applied was ready within ${readyMs / 1_000} s`,
  });
