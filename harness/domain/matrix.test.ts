import { describe, expect, it } from '@jest/globals';
import { differs, matrixDifferences, matrixOf, type Matrix } from './matrix.js';
import type { Report } from './report.js';
import type { Verdict } from './verdict.js';

/** A report with one claim `c`, whose expectations have these verdicts. */
const report = (expectations: Readonly<Record<string, Verdict>>, verdict: Verdict): Report => ({
  apiVersion: 'netclaims.dev/v1',
  kind: 'Report',
  tool: { version: '0' },
  startedAt: '',
  durationMs: 1,
  cluster: { provider: '', cni: '', kubernetes: '', runtime: '', kernel: '', nodes: [] },
  totals: { holds: 0, refuted: 0, vacuous: 0, unknown: 0, notApplicable: 0 },
  scenarios: [
    {
      ...{ let: {}, observations: {}, probes: {}, unmetWaits: [], failure: null },
      ...{
        name: 'c',
        file: 'c.yaml',
        claim: 'It is so.',
        source: null,
        verdict,
        durationMs: 1,
        controls: [],
      },
      expectations: Object.entries(expectations).map(([id, each]) => ({
        ...{ id, says: id, that: 'true', verdict: each, because: '', values: [], replay: [] },
        ...{ uncontrolled: false, controls: [] },
      })),
    },
  ],
});

const matrix = (ptp: Verdict): Matrix =>
  matrixOf([
    { network: 'bridge', report: report({ a: 'holds', b: 'holds' }, 'holds') },
    { network: 'ptp', report: report({ a: 'holds', b: ptp }, ptp) },
  ]);

describe('matrixOf', () => {
  it('puts verdicts side by side, and knows which are not the same', () => {
    const { claims, networks } = matrix('refuted');
    expect(claims).toEqual([
      {
        name: 'c',
        claim: 'It is so.',
        verdicts: { bridge: 'holds', ptp: 'refuted' },
        expectations: [
          { id: 'a', says: 'a', verdicts: { bridge: 'holds', ptp: 'holds' } },
          { id: 'b', says: 'b', verdicts: { bridge: 'holds', ptp: 'refuted' } },
        ],
      },
    ]);
    expect(claims[0]?.expectations.map((one) => differs(one, networks))).toEqual([false, true]);
  });
});

describe('matrixDifferences', () => {
  it('finds none between two runs that came to the same', () => {
    expect(matrixDifferences(matrix('holds'), matrix('holds'))).toEqual([]);
  });

  it('finds what is worse, and what is better', () => {
    const where = { network: 'ptp', claim: 'c' };
    const worse = { expected: 'holds', found: 'refuted' };
    expect(matrixDifferences(matrix('holds'), matrix('refuted'))).toEqual([
      { ...where, expectation: undefined, ...worse },
      { ...where, expectation: 'b', ...worse },
    ]);
    expect(matrixDifferences(matrix('refuted'), matrix('holds'))).toMatchObject([
      { expected: 'refuted', found: 'holds' },
      { expected: 'refuted', found: 'holds' },
    ]);
  });

  it('finds a network, a claim and an expectation that only one of them has', () => {
    const both = matrix('holds');
    const one = matrixOf([{ network: 'bridge', report: report({ a: 'holds' }, 'holds') }]);
    expect(
      matrixDifferences(one, both).map(({ network, expectation, expected }) => [
        network,
        expectation,
        expected,
      ]),
    ).toEqual([
      ['bridge', 'b', undefined],
      ['ptp', undefined, undefined],
      ['ptp', 'a', undefined],
      ['ptp', 'b', undefined],
    ]);
    expect(matrixDifferences(both, { ...both, claims: [] })).toHaveLength(6);
  });
});
