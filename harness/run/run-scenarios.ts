import pLimit from 'p-limit';
import type { Cluster } from '../domain/cluster.js';
import { NetclaimsError } from '../domain/error.js';
import { redactTexts } from '../domain/redact-texts.js';
import { redactor } from '../domain/redact.js';
import { totalsOf, type Report, type ReportCluster, type ScenarioReport } from '../domain/report.js';
import type { Scenario } from '../domain/scenario.js';
import { secretsOf } from '../domain/secrets-of.js';
import type { Verdict } from '../domain/verdict.js';
import { isApplicable } from './applicable.js';
import { isoTime } from './clock.js';
import { outputBudget } from './output-budget.js';
import { withDefaults, type RunOptions } from './run-options.js';
import { runScenario, type ScenarioTools } from './run-scenario.js';
import { worldNamespace } from './world-namespace.js';

/**
 * Runs scenarios on a cluster, each in worlds of its own, and reports on them in the order given. A failure of any kind is in the report;
 * when `signal` is aborted the report says so, and everything is removed all the same. `refusedBy` is to be asked before.
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

  const tools: Omit<ScenarioTools, 'cluster' | 'inPlace'> = {
    ...settings,
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
  const ended = new Map<Scenario, PromiseSettledResult<ScenarioReport>>();
  const run = async (some: readonly Scenario[], on: Cluster, parallel: number) => {
    const place = pLimit(parallel);
    const inPlace: ScenarioTools['inPlace'] = (work) => place(work);
    await Promise.all(
      some.map(async (one) => {
        const [end] = await Promise.allSettled([
          runScenario(one, { ...tools, cluster: on, inPlace }, signal),
        ]);
        ended.set(one, end);
      }),
    );
  };
  const disturbing = scenarios.filter(disturbsOthers);
  const others = scenarios.filter((one) => !disturbsOthers(one));
  const beside = settings.parallel > 1 && scenarios.length > 1;
  const waiting: Scenario[] = [];
  const clustersAtOnce = pLimit(Math.ceil(settings.parallel / 2));
  const runApart = async (one: Scenario) => {
    const wanted = beside && isApplicable(one, cluster);
    const apart = wanted ? await clusterApart(cluster, signal).catch(() => undefined) : undefined;
    if (apart === undefined) waiting.push(one);
    else await run([one], apart, 1);
  };
  await Promise.all([
    run(others, cluster, settings.parallel),
    ...disturbing.map((one) => clustersAtOnce(() => runApart(one))),
  ]);
  // Without a cluster of their own they wait for all others, which is slower and as good.
  await run(waiting, cluster, 1);
  const reports = scenarios.flatMap((scenario) => {
    const end = ended.get(scenario);
    if (end?.status === 'rejected') throw end.reason;
    return end?.value ?? [];
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
  };
  return redactTexts(report, redact);
};

/** What changes a node has a cluster to itself, world by world: others' pods would be on that node as well. */
export const disturbsOthers = ({ requires }: Scenario): boolean =>
  requires.includes('own-nodes') || requires.includes('changeable-network');

/** Another cluster like this one, of which the same is known; undefined where there can be none. */
export const clusterApart = async (cluster: Cluster, signal: AbortSignal): Promise<Cluster | undefined> => {
  const another = await cluster.another?.(signal);
  const { facts, detected } = cluster;
  return another && { ...another, facts, ...(detected === undefined ? {} : { detected }) };
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
