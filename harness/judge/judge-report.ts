import { totalsOf, type Report } from '../domain/report.js';
import { judgeScenario } from './judge-scenario.js';

/**
 * Judges all scenarios of a report anew from what it tells of their worlds. Needs no cluster; all else stays as it is, the sections of
 * documents too, whose expectations are no expressions.
 */
export const judgeReport = (report: Report): Report => {
  const scenarios = report.scenarios.map((scenario) =>
    scenario.kind === 'tutorial' ? scenario : { ...scenario, ...judgeScenario(scenario) },
  );
  return { ...report, totals: totalsOf(scenarios), scenarios };
};
