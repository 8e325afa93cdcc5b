import type { ExpectationReport, ScenarioReport, WorldReport } from '../domain/report.js';
import type { Scenario, WorldPlan } from '../domain/scenario.js';
import type { Trouble } from '../domain/world-record.js';
import type { Judgement, ScenarioWorlds } from './instruments.js';
import { openWorldLog } from './world-log.js';

/** A scenario's part of the report. */
export const scenarioReport = (
  scenario: Scenario,
  worlds: ScenarioWorlds,
  judgement: Judgement,
  durationMs: number,
): ScenarioReport => ({
  name: scenario.name,
  file: scenario.file,
  claim: scenario.claim,
  source: scenario.source ?? null,
  verdict: judgement.verdict,
  durationMs,
  expectations: judgement.expectations,
  ...worlds.own,
  controls: worlds.controls,
});

/** Puts the reports of a scenario's worlds, its own first and then its controls' in order, to what they are. */
export const pairWorlds = (scenario: Scenario, reports: readonly WorldReport[]): ScenarioWorlds => {
  const report = (index: number, plan: WorldPlan) => reports[index] ?? unopenedWorld(plan, null);
  return {
    own: report(0, scenario.world),
    controls: scenario.controls.map(({ name, refutes, world }, index) => ({
      name,
      refutes,
      ...report(index + 1, world),
    })),
  };
};

/** The report of a world that was never opened. */
export const unopenedWorld = (plan: WorldPlan, trouble: Trouble | null): WorldReport =>
  openWorldLog(plan).report(trouble);

/** The report of a scenario that does not apply: nothing was run, so there is nothing to judge. */
export const notApplicableReport = (scenario: Scenario, because: string): ScenarioReport => {
  const expectations = scenario.expectations.map(({ id, says, that }): ExpectationReport => {
    const controls = scenario.controls.filter(({ refutes }) => refutes.includes(id));
    return {
      id,
      says,
      that: that.source,
      verdict: 'not-applicable',
      because,
      values: [],
      replay: [],
      uncontrolled: controls.length === 0,
      controls: controls.map(({ name }) => ({ name, verdict: 'not-applicable', because })),
    };
  });
  return scenarioReport(scenario, pairWorlds(scenario, []), { verdict: 'not-applicable', expectations }, 0);
};
