import type { Cluster } from '../domain/cluster.js';
import type { NetclaimsError } from '../domain/error.js';
import { failureOf, type Failure } from '../domain/failure.js';
import type { ScenarioReport } from '../domain/report.js';
import type { WorldReport } from '../domain/world-report.js';
import type { Scenario, WorldPlan } from '../domain/scenario.js';
import type { Verdict } from '../domain/verdict.js';
import { applies, notApplicable } from './applicable.js';
import { inPlaces } from './in-places.js';
import type { Isolation } from './isolation/isolation.js';
import type { Place } from './isolation/place.js';
import { runWorld, type EndedWorld, type WorldTools } from './run-world.js';
import {
  judgedScenario,
  reportWithLeft,
  scenarioReport,
  unopenedWorld,
  withCleanup,
  type WhyUnopened,
  type WorldLeft,
} from './scenario-report.js';
import { wentWell, withDiagnosis, type DiagnosisTools } from './with-diagnosis.js';
import { takeTurn } from './scenario-turn.js';

export interface ScenarioTools extends WorldTools, DiagnosisTools {
  /** Gives each world a place according to its footprint. */
  readonly isolation: Pick<Isolation, 'inPlace'>;
  /** A namespace's name that no other world has. */
  readonly nameWorld: (scenario: string, control: string | null) => string;
  /** Told of each verdict before the place of the scenario's last world is free. */
  readonly judged: (scenario: string, verdict: Verdict) => void;
  /** Why no further scenario is to begin, once there is a reason. */
  readonly noMore: () => NetclaimsError | undefined;
  /** For the worlds of a scenario, while any of them is at work. */
  readonly timeoutMs: number;
  /** Leave the worlds of a scenario that does not hold as they are. */
  readonly keep: boolean;
}

/** A world that has ended, or never began: then it has no namespace. */
interface PastWorld {
  /** Of a world that is still there. */
  readonly namespace?: string;
  readonly report: WorldReport;
  close(): Promise<Failure | null>;
}

/** Runs a scenario's own world and its controls, judges and removes them. Throws only what is a mistake of the harness. */
export const runScenario = async (
  scenario: Scenario,
  tools: ScenarioTools,
  signal: AbortSignal,
): Promise<ScenarioReport> => {
  const { clock, cluster, isolation, tell } = tools;
  let began = clock.now();
  const turn = takeTurn(tools.timeoutMs, tools.noMore, () => {
    began = clock.now();
    tell({ kind: 'scenario-started', scenario: scenario.name });
  });
  const stop = AbortSignal.any([signal, turn.over]);

  const run = async (
    control: string | null,
    plan: WorldPlan,
    namespace: string,
    place: Place,
  ): Promise<PastWorld> => {
    turn.begin();
    const why = obstacle(scenario, plan, cluster, stop);
    if (why !== undefined) return unopened(plan, why);
    const here = await place.enter(stop).catch((error: unknown) => ({ failure: failureOf(error, '') }));
    if ('failure' in here) return unopened(plan, here);
    return turn.during(async () => {
      const worldTools = { ...tools, cluster: here };
      const world = await runWorld({ scenario: scenario.name, control }, plan, namespace, worldTools, stop);
      const report = await withDiagnosis(scenario, control, world, worldTools, signal);
      const stays =
        tools.keep && !stop.aborted && !(await wentAsMeant(scenario, control, world, report, tools));
      if (stays) {
        place.kept(namespace);
        return { ...world, report };
      }
      const removal = await world.close();
      const left = removal === null ? await leftOn(place) : undefined;
      const whole = left === undefined ? report : reportWithLeft(plan, report, left);
      return { report: withCleanup(whole, removal), close: () => Promise.resolve(null) };
    });
  };
  const works = [{ name: null, world: scenario.world }, ...scenario.controls].map(({ name, world }) => {
    const namespace = tools.nameWorld(scenario.name, name);
    // What will not be opened needs no nodes.
    const touches = applies(scenario, world, cluster) ? world.footprint.touches : 'none';
    return (done: (past: PastWorld) => Promise<void>) =>
      isolation.inPlace(worldTitle(scenario.name, name), touches, async (place) =>
        done(await run(name, world, namespace, place)),
      );
  });

  const { judgement, kept, reports } = await inPlaces(works, (worlds) =>
    conclude(scenario, worlds, tools, signal),
  );
  const durationMs = clock.now() - began;
  const { verdict } = judgement;
  const left = kept.length === 0 ? {} : { kept };
  tell({ kind: 'scenario-finished', scenario: scenario.name, verdict, durationMs, ...left });
  return scenarioReport(scenario, judgedScenario(scenario, reports), judgement, durationMs);
};

/** A mistake of the harness leaves no world. */
const wentAsMeant = async (
  scenario: Scenario,
  control: string | null,
  world: EndedWorld,
  report: WorldReport,
  { instruments }: ScenarioTools,
): Promise<boolean> => {
  try {
    return wentWell(scenario, control, report, instruments);
  } catch (error) {
    await world.close();
    throw error;
  }
};

const unopened = (plan: WorldPlan, why: WhyUnopened): PastWorld => ({
  report: unopenedWorld(plan, why),
  close: () => Promise.resolve(null),
});

const worldTitle = (scenario: string, control: string | null): string =>
  control === null ? scenario : `the control ${JSON.stringify(control)} of ${scenario}`;

/** What a world left on its nodes. That this could not be read is told as a failure of the world, too. */
const leftOn = async (place: Place): Promise<WorldLeft | undefined> => {
  try {
    const left = await place.left();
    return left && { failure: failureOf(left.error, ''), seen: left.seen };
  } catch (error) {
    return { failure: failureOf(error, 'comparing the nodes'), seen: false };
  }
};

/** Judges the worlds, and removes them unless they are kept for inspection. */
const conclude = async (
  scenario: Scenario,
  worlds: readonly PastWorld[],
  { instruments, judged, keep }: ScenarioTools,
  signal: AbortSignal,
) => {
  const removeAll = () => Promise.all(worlds.map((world) => world.close()));
  const reports = worlds.map(({ report }) => report);
  let kept: readonly string[] = [];
  try {
    // Judged before the removal has its say: what was seen is not less true because something could not be removed.
    const judgement = instruments.judgeScenario(judgedScenario(scenario, reports));
    judged(scenario.name, judgement.verdict);
    if (keep && judgement.verdict !== 'holds' && !signal.aborted)
      kept = worlds.flatMap(({ namespace }) => namespace ?? []);
    if (kept.length > 0) return { judgement, kept, reports };
    const removals = await removeAll();
    const all = reports.map((report, index) => withCleanup(report, removals[index] ?? null));
    return { judgement, kept, reports: all };
  } finally {
    if (kept.length === 0) await removeAll();
  }
};

/** Why a world is not even begun; undefined when it is. */
const obstacle = (
  scenario: Scenario,
  plan: WorldPlan,
  cluster: Cluster,
  stop: AbortSignal,
): WhyUnopened | undefined => {
  try {
    // A control proves nothing where the scenario itself cannot be had.
    const reason = [scenario.world, plan]
      .map((world) => notApplicable(scenario, world, cluster))
      .find(Boolean);
    if (reason !== undefined) return { notApplicable: reason };
    stop.throwIfAborted();
    return undefined;
  } catch (error) {
    return { failure: failureOf(error, '') };
  }
};
