import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { relative } from 'node:path';
import { describeError } from '../domain/error.js';
import { formatProblem } from '../domain/problem.js';
import type { ScenarioReport } from '../domain/report.js';
import type { Scenario } from '../domain/scenario.js';
import { expressionChecker } from '../judge/expression-checker.js';
import { loadScenarios } from '../scenario/load.js';
import { controlFailure, expectationFailure, lateTrouble, plainError } from './failure.js';
import type { JestGlobals, JestOptions } from './jest-options.js';
import { askCluster, runOnShared, type Applicability } from './scenario-run.js';

/** Beside the scenario's own time: to attach, and to remove its worlds. */
const marginMs = 120_000;

/**
 * Makes a scenario file the Jest tests that it is: one for each expectation and one for each control. The scenario is run once, before the
 * first of its tests that was not filtered out. What the cluster cannot have is skipped, with the reason in the test's name.
 * @throws what is wrong in the file, which Jest shows as a suite that failed to run
 */
export const registerScenarios = async (file: string): Promise<void> => {
  const { scenarios, problems } = await loadScenarios([relative(process.cwd(), file)], {
    checker: expressionChecker,
  });
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw plainError(errors.map(formatProblem).join('\n'));
  const { netclaims: options = {} } = globalThis as JestGlobals;
  for (const scenario of scenarios) {
    const applicability = await askCluster(scenario, options).catch((error: unknown) => {
      throw plainError(describeError(error));
    });
    registerScenario(scenario, applicability, options);
  }
};

const registerScenario = (scenario: Scenario, applicability: Applicability, options: JestOptions): void => {
  describe(scenario.name, () => {
    let report: ScenarioReport;
    // Jest leaves this out when all tests below are filtered out.
    beforeAll(
      async () => {
        report = await runOnShared(scenario, options);
      },
      (options.timeoutMs ?? 300_000) + marginMs,
    );
    afterAll(() => {
      const trouble = report.verdict === 'holds' ? lateTrouble(report) : undefined;
      if (trouble !== undefined) throw plainError(trouble);
    });

    for (const { id, says } of scenario.expectations) {
      test(`${id}: ${says}`, applicability.own, () => {
        const expectation = report.expectations.find((one) => one.id === id);
        if (expectation?.verdict === 'holds') return undefined;
        return expectation === undefined ? `the report has no ${id}` : expectationFailure(expectation);
      });
    }
    for (const [index, { name, refutes }] of scenario.controls.entries()) {
      test(`control: ${name} refutes ${refutes.join(', ')}`, applicability.controls[index], () =>
        controlFailure(report, name),
      );
    }
  });
};

/** A test that fails with what `failure` says, or is skipped where it does not apply. */
const test = (name: string, notApplicable: string | undefined, failure: () => string | undefined): void => {
  if (notApplicable !== undefined) {
    it.skip(`${name} (not applicable: ${notApplicable})`, () => undefined);
    return;
  }
  it(name, () => {
    const text = failure();
    if (text !== undefined) throw plainError(text);
  });
};
