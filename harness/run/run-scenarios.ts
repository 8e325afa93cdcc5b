import type { Cluster } from '../domain/cluster.js';
import { NetclaimsError } from '../domain/error.js';
import { failureOf } from '../domain/failure.js';
import { redactTexts } from '../domain/redact-texts.js';
import { redactor } from '../domain/redact.js';
import { totalsOf, type Report, type ReportCluster } from '../domain/report.js';
import { worldsOf, type Scenario } from '../domain/scenario.js';
import { secretsOf } from '../domain/secrets-of.js';
import type { Verdict } from '../domain/verdict.js';
import { applies } from './applicable.js';
import { isoTime } from './clock.js';
import { openIsolation } from './isolation/isolation.js';
import { outputBudget } from './output-budget.js';
import { withDefaults, type RunOptions } from './run-options.js';
import { runScenario, type ScenarioTools } from './run-scenario.js';
import { worldNamespace } from './world-namespace.js';

/**
 * Runs scenarios on a cluster, each in worlds of its own, and reports on them in the order given. A failure of any kind is in the report;
 * when `signal` is aborted the report says so, and everything is removed all the same. Ask `refusedBy` before.
 */
export const runScenarios = async (
  scenarios: readonly Scenario[],
  cluster: Cluster,
  options: RunOptions,
  signal: AbortSignal,
): Promise<Report> => {
  const { clock, startedAtMs, ...settings } = withDefaults(options);
  const redact = redactor(secretsOf(scenarios));
  let worlds = 0;
  let failure: NetclaimsError | undefined;

  const isolation = openIsolation(
    cluster,
    {
      parallel: settings.parallel,
      take: (node, stop) => settings.instruments.fingerprint(node, stop),
      lock: { wait: settings.wait, onWait: (holder) => tools.tell({ kind: 'waiting', holder }) },
      touches: scenarios.flatMap((scenario) =>
        worldsOf(scenario).flatMap((plan) =>
          applies(scenario, plan, cluster) ? [plan.footprint.touches] : [],
        ),
      ),
    },
    signal,
  );
  const tools: ScenarioTools = {
    ...settings,
    cluster,
    isolation,
    clock,
    redact,
    outputBudget: outputBudget(),
    nameWorld: (scenario, control) => worldNamespace(scenario, control, settings.token, (worlds += 1)),
    judged: (name, verdict) => {
      const failed = verdict !== 'holds' && verdict !== 'not-applicable';
      if (settings.failFast && failed) failure ??= failedFast(name, verdict);
    },
    noMore: () => failure,
    tell: (event) =>
      settings.onEvent(redactTexts({ ...event, elapsedMs: clock.now() - startedAtMs }, redact)),
  };

  tools.tell({ kind: 'run-started', scenarios: scenarios.map(({ name }) => name) });
  const ends = await Promise.allSettled(scenarios.map((scenario) => runScenario(scenario, tools, signal)));
  const { left, notCompared, errors } = await isolation.end();
  const reports = ends.map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
  const report: Report = {
    apiVersion: 'netclaims.dev/v1',
    kind: 'Report',
    tool: { version: settings.version },
    startedAt: isoTime(startedAtMs),
    durationMs: clock.now() - startedAtMs,
    cluster: reportCluster(cluster),
    totals: totalsOf(reports),
    scenarios: reports,
    ...nodesOf(left, notCompared, errors),
  };
  return redactTexts(report, redact);
};

/** Only where there is something to say. */
const nodesOf = (
  left: readonly NetclaimsError[],
  notCompared: readonly string[],
  errors: readonly unknown[],
): Pick<Report, 'failures' | 'notCompared'> => {
  const failures = [...left, ...errors].map((error) => failureOf(error, ''));
  return {
    ...(failures.length === 0 ? {} : { failures }),
    ...(notCompared.length === 0 ? {} : { notCompared }),
  };
};

const failedFast = (name: string, verdict: Verdict): NetclaimsError =>
  new NetclaimsError({
    code: 'run/fail-fast',
    what: `not run, because ${name} is ${verdict} and --fail-fast was given`,
  });

/** What a report says of its cluster. */
export const reportCluster = ({ facts, nodes }: Cluster): ReportCluster => {
  const { provider, cni, kubernetes, runtime, kernel } = facts;
  return { provider, cni, kubernetes, runtime, kernel, nodes: nodes.map(({ name }) => name) };
};
