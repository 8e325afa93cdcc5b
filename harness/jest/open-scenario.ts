import { availableParallelism } from 'node:os';
import type { Cluster } from '../domain/cluster.js';
import { describeError } from '../domain/error.js';
import { formatProblem, type Problem } from '../domain/problem.js';
import type { ScenarioReport } from '../domain/report.js';
import { worldsOf, type Scenario, type WorldPlan } from '../domain/scenario.js';
import { expressionChecker } from '../judge/expression-checker.js';
import { notApplicable, refusedBy } from '../run/applicable.js';
import type { Instruments } from '../run/instruments.js';
import { runScenarios } from '../run/run-scenarios.js';
import { withCleanup } from '../run/scenario-report.js';
import { loadScenarios } from '../scenario/load.js';
import { openSession } from '../session/session.js';
import type { JestOptions } from './options.js';
import { plainError } from './plain-error.js';
import { registerTests, type JestApi } from './register.js';
import { matchedTests, neededPart, testsOf, type Obstacles } from './tests-of.js';

/** Beside a scenario's own time: to remove its worlds. */
const marginMs = 120_000;

/** What of a run of Jest a scenario file is opened with. */
export interface OpenContext {
  readonly options: JestOptions;
  readonly testNamePattern: string | undefined;
  /** How many scenario files may be run beside each other. */
  readonly maxWorkers: number;
  readonly attach: (signal: AbortSignal) => Promise<Cluster>;
  readonly instruments: Instruments;
}

/** A scenario file whose tests can be registered. Disposing of it ends what still runs. */
export interface OpenScenario extends AsyncDisposable {
  readonly register: (jest: JestApi) => void;
}

/**
 * Loads a scenario file, and asks the cluster of the run what of it it can have. Nothing is started yet.
 * @throws an error with the mistakes in the file, or with why there is no cluster to ask
 */
export const openScenario = async (file: string, context: OpenContext): Promise<OpenScenario> => {
  const { options, testNamePattern, instruments } = context;
  const { scenarios, problems } = await loadScenarios([file], { checker: expressionChecker });
  failOn(problems.filter(({ severity }) => severity === 'error'));
  const [scenario] = scenarios;
  if (scenario === undefined) throw new Error(`${file} has neither a scenario nor a mistake`);

  const stop = new AbortController();
  let running: Promise<unknown> = Promise.resolve();
  const attach = () =>
    context.attach(stop.signal).catch((error: unknown) => {
      throw plainError(describeError(error));
    });
  const refusals = (cluster: Cluster) => refusedBy([scenario], cluster);
  const lock = { wait: true, onWait: () => undefined };
  const needs = { capabilities: scenario.requires, lock, refusals };
  const session = await openSession(attach, needs, stop.signal);
  const close = async () => {
    stop.abort();
    await Promise.allSettled([running]);
    await session[Symbol.asyncDispose]();
  };
  try {
    const { cluster } = session;
    failOn(session.refused);
    const tests = testsOf(scenario, obstaclesTo(scenario, cluster));
    const needed = neededPart(scenario, matchedTests(scenario, tests, testNamePattern));
    const run = (): Promise<ScenarioReport> => {
      const parallel = Math.max(2, Math.ceil((2 * availableParallelism()) / context.maxWorkers));
      const report = runOne(needed, cluster, { options, parallel, instruments }, stop.signal);
      running = report;
      return report;
    };
    const { strict, notApplicable: whenNotApplicable } = options;
    // Other workers may have the nodes first.
    const turns = worldsOf(scenario).some(({ footprint }) => footprint.touches !== 'none')
      ? context.maxWorkers
      : 1;
    const testRun = { run, strict, whenNotApplicable, timeoutMs: options.timeoutMs * turns + marginMs };
    return {
      register: (jest) => registerTests(scenario, tests, testRun, jest),
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

const failOn = (problems: readonly Problem[]): void => {
  const [first] = problems;
  if (first !== undefined) throw plainError(problems.map(formatProblem).join('\n'), first);
};

/** @throws an error when it could not be read what the cluster can do */
const obstaclesTo = (scenario: Scenario, cluster: Cluster): Obstacles => {
  const obstacle = (world: WorldPlan) => notApplicable(scenario, world, cluster);
  try {
    return {
      own: obstacle(scenario.world),
      controls: scenario.controls.map(({ world }) => obstacle(world)),
    };
  } catch (error) {
    throw plainError(describeError(error));
  }
};

const runOne = async (
  scenario: Scenario,
  cluster: Cluster,
  settings: {
    readonly options: JestOptions;
    readonly parallel: number;
    readonly instruments: Instruments;
  },
  signal: AbortSignal,
): Promise<ScenarioReport> => {
  const { options, parallel, instruments } = settings;
  const report = await runScenarios(
    [scenario],
    cluster,
    // The report is not written anywhere, so nobody asks for the version in it.
    { version: '', timeoutMs: options.timeoutMs, parallel, instruments },
    signal,
  );
  const [own] = report.scenarios;
  if (own === undefined) throw new Error(`the report has no ${scenario.name}`);
  // What is wrong with the nodes is this scenario's doing, as no other is in the report.
  return (report.failures ?? []).reduce(
    (scenario, failure) => ({ ...scenario, ...withCleanup(scenario, failure) }),
    own,
  );
};
