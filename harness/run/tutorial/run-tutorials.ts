import { randomBytes } from 'node:crypto';
import type { Cluster } from '../../domain/cluster.js';
import { failureOf, type Failure } from '../../domain/failure.js';
import { redactTexts } from '../../domain/redact-texts.js';
import { redactor } from '../../domain/redact.js';
import { totalsOf, type Report, type ReportCluster, type ScenarioReport } from '../../domain/report.js';
import { worstVerdict } from '../../domain/verdict.js';
import type { Correction } from '../../tutorial/update/correct-document.js';
import type { Check, TutorialPlan } from '../../tutorial/plan/plan.js';
import { isoTime } from '../clock.js';
import { checkGround, onGround } from '../ground.js';
import { underLock } from '../isolation/under-lock.js';
import { withDefaults, type RunOptions } from '../run-options.js';
import { reportCluster } from '../run-scenarios.js';
import type { UntimedEvent } from '../run-world.js';
import { worldNamespace } from '../world-namespace.js';
import { kubectlAccess, type UsersMachine } from './kubectl-access.js';
import { openKubectl } from './open-kubectl.js';
import { finding, type Outcome } from './outcome.js';
import { runDocument } from './run-document.js';
import { sectionNames, sectionReport } from './section-report.js';

export interface TutorialOptions extends Omit<RunOptions, 'parallel' | 'failFast' | 'keep' | 'instruments'> {
  /** For each command whose author gives it no time; half a minute unless given. */
  readonly timeoutMs?: number;
  readonly machine: UsersMachine;
  /** Told of each output that a document shows wrongly. */
  readonly onCorrection?: (file: string, correction: Correction) => void;
  /** What was found of the claims of each document before; told first. */
  readonly claims?: readonly ScenarioReport[];
}

const commandMs = 30_000;

/**
 * Runs the commands of tutorials on a cluster, each document in a world of its own, and reports on them by their sections. A failure of any kind is in
 * the report.
 */
export const runTutorials = async (
  plans: readonly TutorialPlan[],
  cluster: Cluster,
  options: TutorialOptions,
  signal: AbortSignal,
): Promise<Report> => {
  const { clock, startedAtMs, token, onEvent, wait } = withDefaults(options);
  const { machine } = options;
  const tell = (event: UntimedEvent) => onEvent({ ...event, elapsedMs: clock.now() - startedAtMs });
  const names = sectionNames(plans);
  tell({ kind: 'run-started', scenarios: plans.map(({ name }) => name) });

  const scenarios: ScenarioReport[] = [...(options.claims ?? [])];
  for (const [index, plan] of plans.entries()) {
    const name = { scenario: plan.name, control: null };
    const began = clock.now();
    const checks = plan.sections.flatMap((section) => section.checks);
    const outcomes = new Map<Check, Outcome>();
    const corrections: Correction[] = [];
    const onCheck = (check: Check, outcome: Outcome | undefined) => {
      const step = { ...name, index: checks.indexOf(check) + 1, step: `line ${check.line}` };
      if (outcome === undefined) {
        tell({ kind: 'step-started', ...step });
        return;
      }
      outcomes.set(check, outcome);
      if (outcome.corrected !== undefined && check.kind === 'command' && check.output !== undefined)
        corrections.push({ output: check.output, lines: outcome.corrected });
      tell({ kind: 'step-finished', ...step, durationMs: outcome.durationMs, failure: null });
    };
    const run = async (held: Cluster) => {
      const stop = onGround(held, signal);
      await using world = await held.openWorld(worldNamespace(plan.name, null, token, index + 1));
      const access = await kubectlAccess(held, machine, stop);
      await using kubectl = await openKubectl(access, world.namespace, stop);
      const session = {
        ...{
          file: plan.file,
          cluster: held,
          world,
          clock,
          host: machine.allowed ? machine.shell : undefined,
          kubectl: kubectl?.shell,
        },
        mark: randomBytes(12).toString('hex'),
        ...{ made: new Map(), files: new Map(), carried: new Map() },
      };
      await runDocument(plan, session, { timeoutMs: options.timeoutMs ?? commandMs, onCheck }, stop);
    };
    tell({ kind: 'scenario-started', scenario: plan.name });
    tell({ kind: 'world-started', ...name, steps: checks.length });
    const noFailure = () => null;
    const toFailure = (error: unknown): Failure => failureOf(error, '');
    // What its commands touch is not known before.
    const lock = {
      mode: 'alone',
      wait,
      onWait: (holder: string) => tell({ kind: 'waiting', holder }),
    } as const;
    const { ended, loss } = await underLock(
      cluster,
      lock,
      async (held) => ({
        ended: await run(held).then(noFailure, toFailure),
        loss: await checkGround(held, undefined).then(noFailure, toFailure),
      }),
      signal,
    ).catch((error: unknown) => ({ ended: toFailure(error), loss: null }));
    if (loss === null) for (const each of corrections) options.onCorrection?.(plan.file, each);
    // Also what was found before: the death precedes its notice.
    else
      for (const [check, outcome] of outcomes)
        outcomes.set(check, { ...outcome, ...finding('unknown', `what it stood on was lost: ${loss.what}`) });
    const failure = loss ?? ended;
    const reports = plan.sections.map((section) =>
      sectionReport(plan, section, names.get(section) ?? '', outcomes, failure),
    );
    // Told once for a document, whose sections share their world.
    scenarios.push(...reports.map((report, at) => (at === 0 ? { ...report, failure } : report)));
    const durationMs = clock.now() - began;
    const verdict = worstVerdict(reports.map((report) => report.verdict));
    tell({ kind: 'world-finished', ...name, durationMs, failure });
    tell({ kind: 'scenario-finished', scenario: plan.name, verdict, durationMs });
  }
  return reportOf(scenarios, reportCluster(cluster), { ...options, clock, startedAtMs });
};

/** The report of a run that got no cluster: what needs one is unknown, because there is none. */
export const tutorialsWithoutCluster = (
  plans: readonly TutorialPlan[],
  error: unknown,
  provider: string,
  options: TutorialOptions,
): Report => {
  const names = sectionNames(plans);
  const failure = failureOf(error, '');
  const sections = plans.flatMap((plan) =>
    plan.sections.map((section) => ({
      ...sectionReport(plan, section, names.get(section) ?? '', new Map(), failure),
      failure,
    })),
  );
  const cluster = { provider, cni: '', kubernetes: '', runtime: '', kernel: '', nodes: [] };
  return reportOf([...(options.claims ?? []), ...sections], cluster, withDefaults(options));
};

const reportOf = (
  scenarios: readonly ScenarioReport[],
  cluster: ReportCluster,
  { version, clock, startedAtMs }: Required<Pick<TutorialOptions, 'version' | 'clock' | 'startedAtMs'>>,
): Report =>
  redactTexts(
    {
      apiVersion: 'netclaims.dev/v1',
      kind: 'Report',
      tool: { version },
      startedAt: isoTime(startedAtMs),
      durationMs: clock.now() - startedAtMs,
      cluster,
      totals: totalsOf(scenarios),
      scenarios,
    },
    redactor(),
  );
