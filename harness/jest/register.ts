import type { ScenarioReport } from '../domain/report.js';
import type { Scenario } from '../domain/scenario.js';
import { controlFailure, expectationFailure, lateFailure, standingIn } from './failure.js';
import { plainError, type Place } from './plain-error.js';
import type { ScenarioTest } from './tests-of.js';

/** What is used of Jest, so that tests can look at what is registered. */
export interface JestApi {
  readonly describe: (name: string, define: () => void) => void;
  readonly test: ((name: string, run: () => void) => void) & {
    readonly skip: (name: string, run: () => void) => void;
  };
  readonly beforeAll: (run: () => Promise<void>, timeoutMs: number) => void;
  readonly afterAll: (run: () => void) => void;
}

/** How the tests of a scenario are run. */
export interface TestRun {
  readonly whenNotApplicable: 'skip' | 'fail';
  /** Whether an expectation that no control refutes is a failure. */
  readonly strict: boolean;
  readonly run: () => Promise<ScenarioReport>;
  /** How long `run` may take. */
  readonly timeoutMs: number;
}

/** Registers a scenario's tests with Jest. It is run once, before the first of them that Jest was not told to leave out. */
export const registerTests = (
  scenario: Scenario,
  tests: readonly ScenarioTest[],
  { whenNotApplicable, strict, run, timeoutMs }: TestRun,
  jest: JestApi,
): void => {
  jest.describe(scenario.name, () => {
    let report: ScenarioReport | undefined;
    if (tests.some(({ notApplicable }) => notApplicable === undefined)) {
      jest.beforeAll(async () => {
        report = await run();
      }, timeoutMs);
      jest.afterAll(() => {
        const failure = report === undefined ? undefined : lateFailure(report);
        if (failure !== undefined) throw plainError(failure, placeOf(scenario, undefined));
      });
    }
    for (const { name, notApplicable, subject } of tests) {
      if (notApplicable !== undefined && whenNotApplicable === 'skip') {
        jest.test.skip(name, () => undefined);
        continue;
      }
      jest.test(name, () => {
        if (notApplicable !== undefined) {
          throw plainError(`NOT APPLICABLE ${notApplicable}`, placeOf(scenario, undefined));
        }
        if (report === undefined) throw new Error(`${scenario.name} was not run, although its test is`);
        const failure = failureOf(subject, report, strict);
        if (failure !== undefined) throw plainError(failure.text, placeOf(scenario, failure.id));
      });
    }
  });
};

/** A failure's text, and the expectation that it is about. */
const failureOf = (
  subject: ScenarioTest['subject'],
  report: ScenarioReport,
  strict: boolean,
): { readonly text: string; readonly id: string | undefined } | undefined => {
  if ('expectation' in subject) {
    const id = subject.expectation;
    const text = expectationFailure(report, id, strict);
    return text === undefined ? undefined : { text, id };
  }
  const text = controlFailure(report, subject.control);
  return text === undefined ? undefined : { text, id: standingIn(report, subject.control)[0]?.id };
};

/** Where an expectation's expression is written; the beginning of the file for the scenario as a whole. */
const placeOf = ({ file, expectations }: Scenario, id: string | undefined): Place => {
  const that = expectations.find((one) => one.id === id)?.that;
  return that === undefined ? { file, line: 1, column: 1 } : { file: that.file, ...that.position };
};
