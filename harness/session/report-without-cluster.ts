import { failureOf } from '../domain/failure.js';
import { redactTexts } from '../domain/redact-texts.js';
import { redactor } from '../domain/redact.js';
import { totalsOf, type Report } from '../domain/report.js';
import { worldsOf, type Scenario } from '../domain/scenario.js';
import { secretsOf } from '../domain/secrets-of.js';
import { isoTime } from '../run/clock.js';
import { withDefaults, type RunOptions } from '../run/run-options.js';
import { judgedScenario, scenarioReport, unopenedWorld } from '../run/scenario-report.js';

/** The report of a run that got no cluster: everything is unknown, because there is none. */
export const reportWithoutCluster = (
  scenarios: readonly Scenario[],
  error: unknown,
  provider: string,
  options: RunOptions,
): Report => {
  const { clock, startedAtMs, instruments, version } = withDefaults(options);
  const failure = redactTexts(failureOf(error, ''), redactor(secretsOf(scenarios)));
  const reports = scenarios.map((scenario) => {
    const plans = worldsOf(scenario);
    const judged = judgedScenario(
      scenario,
      plans.map((plan) => unopenedWorld(plan, { failure })),
    );
    return scenarioReport(scenario, judged, instruments.judgeScenario(judged), 0);
  });
  return {
    apiVersion: 'netclaims.dev/v1',
    kind: 'Report',
    tool: { version },
    startedAt: isoTime(startedAtMs),
    durationMs: clock.now() - startedAtMs,
    cluster: { provider, cni: '', kubernetes: '', runtime: '', kernel: '', nodes: [] },
    totals: totalsOf(reports),
    scenarios: reports,
  };
};
