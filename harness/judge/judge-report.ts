import { totalsOf, type Report } from '../domain/report.js';
import { judgeScenario } from './judge-scenario.js';

/** Judges all scenarios of a report anew from what it tells of their worlds. Needs no cluster; all else stays as it is. */
export const judgeReport = (report: Report): Report => {
  const scenarios = report.scenarios.map((scenario) => ({ ...scenario, ...judgeScenario(scenario) }));
  return { ...report, totals: totalsOf(scenarios), scenarios };
};
