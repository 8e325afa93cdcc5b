import type { Cluster } from '../domain/cluster.js';
import type { NetclaimsError } from '../domain/error.js';
import { failureOf, type Failure } from '../domain/failure.js';
import type { ScenarioReport } from '../domain/report.js';
import type { WorldReport } from '../domain/world-report.js';
import type { Scenario, WorldPlan } from '../domain/scenario.js';
import type { Verdict } from '../domain/verdict.js';
import { notApplicable } from './applicable.js';
import { inPlaces, type InPlace } from './in-places.js';
import { runWorld, type WorldTools } from './run-world.js';
import {
  judgedScenario,
  scenarioReport,
  unopenedWorld,
  withCleanup,
  type WhyUnopened,
} from './scenario-report.js';
import { withDiagnosis, type DiagnosisTools } from './with-diagnosis.js';
import { takeTurn } from './scenario-turn.js';

export interface ScenarioTools extends WorldTools, DiagnosisTools {
  /** Where worlds run beside each other. */
  readonly inPlace: InPlace;
  /** A namespace's name that no other world has. */
  readonly nameWorld: (scenario: string, control: string | null) => string;
  /** Told of each verdict before the place of the scenario's last world is free. */
  readonly judged: (scenario: string, verdict: Verdict) => void;
  /** Why no further scenario is to begin, once there is a reason. */
  readonly noMore: () => NetclaimsError | undefined;
  /** For a scenario with its controls, from its first world's beginning on. */
  readonly timeoutMs: number;
  /** Leave the worlds of a scenario that does not hold as they are. */
  readonly keep: boolean;
}

/** A world that has ended, or never began: then it has no namespace. */
interface PastWorld {
  readonly namespace?: string;
  readonly report: WorldReport;
  close(): Promise<Failure | null>;
}

/** Runs a scenario's own world and its controls beside each other, judges and removes them. Throws only what is a mistake of the harness. */
export const runScenario = async (
  scenario: Scenario,
  tools: ScenarioTools,
  signal: AbortSignal,
): Promise<ScenarioReport> => {
  const { clock, cluster, tell } = tools;
  let began = clock.now();
  const turn = takeTurn(tools.timeoutMs, tools.noMore, () => {
    began = clock.now();
    tell({ kind: 'scenario-started', scenario: scenario.name });
  });
  const stop = AbortSignal.any([signal, turn.over]);

  const run = async (control: string | null, plan: WorldPlan, namespace: string): Promise<PastWorld> => {
    turn.begin();
    const why = obstacle(scenario, plan, cluster, stop);
    if (why !== undefined) return { report: unopenedWorld(plan, why), close: () => Promise.resolve(null) };
    const world = await runWorld({ scenario: scenario.name, control }, plan, namespace, tools, stop);
    const report = await withDiagnosis(scenario, control, world, tools, signal);
    if (!tools.keep) await world.close();
    return { ...world, report };
  };
  const works = [{ name: null, world: scenario.world }, ...scenario.controls].map(({ name, world }) => {
    const namespace = tools.nameWorld(scenario.name, name);
    return () => run(name, world, namespace);
  });

  const { judgement, kept, reports } = await inPlaces(works, tools.inPlace, (worlds) => {
    turn.end();
    return conclude(scenario, worlds, tools, signal);
  });
  const durationMs = clock.now() - began;
  const { verdict } = judgement;
  const left = kept.length === 0 ? {} : { kept };
  tell({ kind: 'scenario-finished', scenario: scenario.name, verdict, durationMs, ...left });
  return scenarioReport(scenario, judgedScenario(scenario, reports), judgement, durationMs);
};

/** Judges the worlds, and removes them unless they are to be kept for looking around in. */
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
