import { describe, expect, it } from '@jest/globals';
import { NetclaimsError } from '../domain/error.js';
import { failure } from '../domain/testing/failure.js';
import type { Report, Totals } from '../domain/report.js';
import type { Verdict } from '../domain/verdict.js';
import { everyVerdict } from '../reports/golden/every-verdict.js';
import { exitCodeOf, exitCodeOfError, worse } from './exit-code.js';

const totals = (counts: Partial<Totals>): Totals => ({
  holds: 0,
  refuted: 0,
  vacuous: 0,
  unknown: 0,
  notApplicable: 0,
  ...counts,
});
const reportOf = (counts: Partial<Totals>, uncontrolled: readonly Verdict[] = []): Report => {
  const [first] = everyVerdict.scenarios;
  const [expectation] = first?.expectations ?? [];
  if (first === undefined || expectation === undefined) throw new Error('the golden report is empty');
  const expectations = uncontrolled.map((verdict) => ({ ...expectation, verdict, uncontrolled: true }));
  return { ...everyVerdict, totals: totals(counts), scenarios: [{ ...first, expectations }] };
};

describe('exitCodeOf', () => {
  it.each([
    [{ holds: 3 }, 0],
    [{ notApplicable: 2 }, 0],
    [{}, 0],
    [{ holds: 3, refuted: 1 }, 1],
    [{ holds: 3, vacuous: 1 }, 1],
    [{ holds: 3, unknown: 1 }, 2],
    [{ refuted: 1, unknown: 5 }, 1],
    [{ vacuous: 1, unknown: 5 }, 1],
  ] as const)('of %j is %i', (counts, code) => {
    expect(exitCodeOf(reportOf(counts), false)).toBe(code);
    expect(exitCodeOf(reportOf(counts), true)).toBe(code);
  });

  it('takes what holds without a control for a failure when that is asked for', () => {
    expect(exitCodeOf(reportOf({ holds: 1 }, ['holds']), false)).toBe(0);
    expect(exitCodeOf(reportOf({ holds: 1 }, ['holds']), true)).toBe(1);
    // It is unknown, so nothing was claimed without a control.
    expect(exitCodeOf(reportOf({ unknown: 1 }, ['unknown']), true)).toBe(2);
  });

  it('is 2 where a world was not removed, also that of a control', () => {
    const cleanup = [failure('cluster/cleanup', 'ns was not removed within 60 s')];
    const [scenario] = everyVerdict.scenarios;
    const [control] = scenario?.controls ?? [];
    if (scenario === undefined || control === undefined) throw new Error('the golden report is empty');
    const ofScenario = { ...reportOf({ holds: 1 }), scenarios: [{ ...scenario, cleanup }] };
    const ofControl = {
      ...ofScenario,
      scenarios: [{ ...scenario, controls: [{ ...control, cleanup }] }],
    };
    expect([ofScenario, ofControl].map((report) => exitCodeOf(report, false))).toEqual([2, 2]);
    expect(exitCodeOf({ ...ofScenario, totals: totals({ refuted: 1 }) }, false)).toBe(1);
  });
});

describe('exitCodeOfError', () => {
  it("is the user's for usage, the infrastructure's for the rest", () => {
    expect(exitCodeOfError(new NetclaimsError({ code: 'usage/shard', what: 'x' }))).toBe(3);
    expect(exitCodeOfError(new NetclaimsError({ code: 'cluster/no-node', what: 'x' }))).toBe(2);
    expect(exitCodeOfError(new Error('usage/x'))).toBe(2);
    expect(exitCodeOfError(undefined)).toBe(2);
  });
});

describe('worse', () => {
  it.each([
    [0, 0, 0],
    [0, 2, 2],
    [2, 1, 1],
    [1, 2, 1],
    [3, 1, 3],
    [0, 3, 3],
  ] as const)('of %i and %i is %i', (a, b, code) => {
    expect(worse(a, b)).toBe(code);
  });
});
