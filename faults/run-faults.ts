import pLimit from 'p-limit';
import type { ClusterProvider } from '../harness/domain/cluster-provider.js';
import { allDone } from '../harness/domain/all-done.js';
import { NetclaimsError } from '../harness/domain/error.js';
import type { Report } from '../harness/domain/report.js';
import type { Scenario } from '../harness/domain/scenario.js';
import { claimsReport } from '../harness/session/claims-report.js';
import type { ClusterRequest } from '../harness/session/open-cluster.js';
import type { Fault } from './fault.js';
import { pluginFolder } from './plugin-folder.js';
import { falseAlarms, faultVerdict, type FaultVerdict, type NamedClaim } from './verdict.js';

export interface FaultsOptions {
  /** Run the whole catalogue on each fault, and not only the scenarios of the claims that it names. */
  readonly all: boolean;
  /** How often the whole catalogue is run without a fault. */
  readonly baselineRuns: number;
}

export interface FaultsRun {
  readonly faults: readonly FaultVerdict[];
  readonly baseline: { readonly runs: number; readonly falseAlarms: readonly Omit<NamedClaim, 'caught'>[] };
  readonly durationMs: number;
}

/** Where the clusters are made, and who is told. */
interface Place {
  readonly providers: readonly ClusterProvider[];
  readonly progress: (text: string) => void;
  readonly signal: AbortSignal;
}

/** A cluster with a fault mostly waits: for pods, and for what never comes. */
const concurrency = 2;

/** Has the catalogue look at a cluster with each of the faults, and at clusters without one. */
export const runFaults = async (
  faults: readonly Fault[],
  catalogue: readonly Scenario[],
  { all, baselineRuns }: FaultsOptions,
  place: Place,
): Promise<FaultsRun> => {
  const began = performance.now();
  // A fault refutes a claim in its own world; controls show that the claim can fail at all, which the fault does here.
  const scenarios = catalogue.map((scenario) => ({ ...scenario, controls: [] }));
  const limit = pLimit(concurrency);
  const verdicts = await allDone(
    faults.map((fault) =>
      limit(async () => {
        place.signal.throwIfAborted();
        return verdictOn(fault, all ? scenarios : namedBy(fault, scenarios), place);
      }),
    ),
  );
  const alarms: Omit<NamedClaim, 'caught'>[] = [];
  for (let run = 1; run <= baselineRuns; run += 1) {
    const tell = teller(`without a fault, ${run} of ${baselineRuns}`, place);
    const found = falseAlarms(await reportOn(scenarios, { ...cluster, ...everything }, tell, place));
    tell(
      found.length === 0 ? 'no false alarm' : `FALSE ALARM: ${found.map(({ claim }) => claim).join(', ')}`,
    );
    alarms.push(...found);
  }
  const baseline = { runs: baselineRuns, falseAlarms: alarms };
  return { faults: verdicts, baseline, durationMs: performance.now() - began };
};

/** What a fault's cluster is, but for what the fault says. */
const cluster = { cluster: 'containerd', cni: 'bridge', nodes: 2, load: [] } as const;

const timeoutMs = 120_000;

/** What makes it one that can have every claim that needs no Kubernetes. */
const everything = { cni: 'bridge+bandwidth', ipFamily: 'dual' } as const;

const teller =
  (what: string, { progress }: Place) =>
  (text: string): void =>
    progress(`${what}: ${text}\n`);

/** @throws NetclaimsError a cluster that could not be removed must not go unseen. What pods left on nodes is the fault's doing. */
const reportOn = async (
  scenarios: readonly Scenario[],
  request: ClusterRequest,
  tell: (text: string) => void,
  { providers, signal }: Place,
): Promise<Report> => {
  const options = { cluster: request, providers, timeoutMs };
  const report = await claimsReport(scenarios, options, tell, signal);
  const failure = report.failures?.find(({ code }) => code !== 'node/left-behind');
  if (failure !== undefined) throw new NetclaimsError(failure);
  return report;
};

const verdictOn = async (
  fault: Fault,
  scenarios: readonly Scenario[],
  place: Place,
): Promise<FaultVerdict> => {
  const tell = teller(fault.name, place);
  const { cni = cluster.cni, ipFamily = 'ipv4' } = fault;
  await using plugins = await pluginFolder(fault);
  const request = { ...cluster, cni, ipFamily, cniBinDir: plugins.path };
  const report = await reportOn(scenarios, request, () => undefined, place);
  const verdict = faultVerdict(fault, report);
  tell(`${verdict.caught ? 'caught' : 'NOT CAUGHT'}, ${(report.durationMs / 1_000).toFixed(1)} s`);
  return verdict;
};

const namedBy = ({ name, caughtBy }: Fault, scenarios: readonly Scenario[]): readonly Scenario[] => {
  const names = Object.keys(caughtBy).map((claim) => claim.split('/')[0] ?? '');
  const missing = names.filter((wanted) => !scenarios.some((scenario) => scenario.name === wanted));
  if (missing.length === 0) return scenarios.filter((scenario) => names.includes(scenario.name));
  throw new NetclaimsError({
    code: 'usage/no-claim',
    what: `the fault ${name} names scenarios that are not there: ${missing.join(', ')}`,
    remedy: 'mend `caughtBy` in its file',
  });
};
