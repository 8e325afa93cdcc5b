import { setImmediate as nextTurn } from 'node:timers/promises';
import { totalsOf, type Report, type ScenarioReport } from '../domain/report.js';
import { judgeScenario } from './judge-scenario.js';

/**
 * Judges all scenarios of a report anew from what it tells of their worlds. Needs no cluster; all else stays as it is, the sections of
 * documents too, whose expectations are no expressions. Between scenarios it can be interrupted; the judging of one is bounded.
 */
export const judgeReport = async (
  report: Report,
  signal: AbortSignal = new AbortController().signal,
): Promise<Report> => {
  const scenarios: ScenarioReport[] = [];
  for (const scenario of report.scenarios) {
    await nextTurn();
    signal.throwIfAborted();
    scenarios.push(scenario.kind === 'tutorial' ? scenario : { ...scenario, ...judgeScenario(scenario) });
  }
  return { ...report, totals: totalsOf(scenarios), scenarios };
};
