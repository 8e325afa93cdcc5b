import type { ScenarioReport, Totals } from '../domain/report.js';
import type { Verdict } from '../domain/verdict.js';

/** How many expectations of all scenarios have each verdict. */
export const countVerdicts = (scenarios: readonly ScenarioReport[]): Totals => {
  const all = scenarios.flatMap(({ expectations }) => expectations.map(({ verdict }) => verdict));
  const count = (wanted: Verdict) => all.filter((verdict) => verdict === wanted).length;
  return {
    holds: count('holds'),
    refuted: count('refuted'),
    vacuous: count('vacuous'),
    unknown: count('unknown'),
    notApplicable: count('not-applicable'),
  };
};
