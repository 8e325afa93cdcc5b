import type { Failure } from '../domain/failure.js';
import type { ScenarioReport } from '../domain/report.js';
import type { WorldReport } from '../domain/world-report.js';
import type { Scenario, WorldPlan } from '../domain/scenario.js';
import type { JudgedScenario, ScenarioJudgement } from '../judge/judge-scenario.js';
import { openWorldLog } from './world-log.js';

/** What a scenario is judged from: the reports of its worlds, its own first and then its controls' in order. */
export const judgedScenario = (scenario: Scenario, reports: readonly WorldReport[]): JudgedScenario => {
  const report = (index: number, plan: WorldPlan) => reports[index] ?? unopenedWorld(plan, {});
  return {
    ...report(0, scenario.world),
    expectations: scenario.expectations.map(({ id, says, that }) => ({
      id,
      says,
      that: that.source,
      line: that.position.line,
    })),
    controls: scenario.controls.map(({ name, refutes, world }, index) => ({
      name,
      refutes,
      ...report(index + 1, world),
    })),
  };
};

/** A scenario's part of the report. */
export const scenarioReport = (
  scenario: Scenario,
  judged: JudgedScenario,
  { verdict, expectations }: ScenarioJudgement,
  durationMs: number,
): ScenarioReport => ({
  ...judged,
  name: scenario.name,
  file: scenario.file,
  claim: scenario.claim,
  labels: scenario.labels,
  source: scenario.source ?? null,
  verdict,
  durationMs,
  expectations,
});

/** Why a world was never opened: because of a failure, or because the cluster cannot have it. */
export interface WhyUnopened {
  readonly failure?: Failure;
  readonly notApplicable?: string;
}

/** The report of a world that was never opened. */
export const unopenedWorld = (plan: WorldPlan, why: WhyUnopened): WorldReport => {
  const { notApplicable } = why;
  return {
    ...openWorldLog(plan).endedEarly(plan.steps, why),
    ...(notApplicable === undefined ? {} : { notApplicable }),
  };
};

/** The report of a world of which something went wrong after its last step; what was seen is not less true for that. */
export const withCleanup = (report: WorldReport, failure: Failure | null): WorldReport =>
  failure === null ? report : { ...report, cleanup: [...(report.cleanup ?? []), failure] };

/** What a world left on its nodes. */
export interface WorldLeft {
  readonly failure: Failure;
  /** Whether the world may have seen it. */
  readonly seen: boolean;
}

/** The report of a world that left something on its nodes. If it may have seen that, nothing that it observed counts. */
export const reportWithLeft = (
  plan: WorldPlan,
  report: WorldReport,
  { failure, seen }: WorldLeft,
): WorldReport => {
  if (!seen || report.failure !== null) return withCleanup(report, failure);
  const { missed } = openWorldLog(plan).endedEarly(plan.steps, { failure });
  return { ...report, failure, ...(missed === undefined ? {} : { missed }) };
};
