import { describe, expect, it } from '@jest/globals';
import type { ExpectationReport, Report, ScenarioReport } from '../harness/domain/report.js';
import type { Verdict } from '../harness/domain/verdict.js';
import type { Fault } from './fault.js';
import { faultsTable } from './table.js';
import { falseAlarms, faultVerdict, mutationScore } from './verdict.js';

const expectation = (id: string, verdict: Verdict, because = ''): ExpectationReport => ({
  ...{ id, says: id, that: 'true', verdict, because },
  ...{ values: [], replay: [], uncontrolled: true, controls: [] },
});

const report = (...expectations: readonly ExpectationReport[]): Report => {
  const scenario: Pick<ScenarioReport, 'name' | 'expectations'> = { name: 'churn', expectations };
  return { durationMs: 1_000, scenarios: [scenario] } as unknown as Report;
};

const fault: Fault = {
  ...{ name: 'leaks', does: '', standsFor: '', plugin: 'bridge', script: '' },
  caughtBy: { 'churn/files': 'files.stdout', 'churn/network': 'peer.name' },
};

const seen = [
  expectation('files', 'refuted', 'probes.files.stdout = "x"'),
  expectation('network', 'refuted', 'gone.peer.name = "veth1"'),
];

describe('the verdict on a fault', () => {
  it('is that it was caught when every claim that it names is refuted for the cause that it names', () => {
    const verdict = faultVerdict(
      fault,
      report(...seen, expectation('two', 'refuted'), expectation('others', 'holds')),
    );
    expect(verdict).toMatchObject({ caught: true, also: ['churn/two'] });
    expect(verdict.named.map(({ claim }) => claim)).toEqual(['churn/files', 'churn/network']);
  });

  it.each([
    ['holds', expectation('network', 'holds')],
    ['is unknown', expectation('network', 'unknown', 'peer.name could not be read')],
    ['is refuted for another cause', expectation('network', 'refuted', 'gone.ips = []')],
    ['is not there', expectation('net', 'refuted', 'peer.name')],
  ])('is that it was not when one of them %s', (_, other) => {
    const [files = other] = seen;
    expect(faultVerdict(fault, report(files, other)).caught).toBe(false);
  });
});

describe('a run without a fault', () => {
  it('has a false alarm in each claim that applies and does not hold', () => {
    const alarms = falseAlarms(
      report(
        ...[expectation('a', 'holds'), expectation('b', 'not-applicable')],
        ...[expectation('c', 'unknown', 'no answer'), expectation('d', 'refuted', 'it is 1')],
      ),
    );
    expect(alarms).toEqual([
      { claim: 'churn/c', verdict: 'unknown', because: 'no answer' },
      { claim: 'churn/d', verdict: 'refuted', because: 'it is 1' },
    ]);
  });
});

describe('the mutation score', () => {
  const caught = { caught: true };
  it('is 100 only for all of at least one', () => {
    expect(mutationScore([])).toBe(0);
    expect(mutationScore([caught, { caught: false }])).toBe(50);
    expect(mutationScore([...Array.from({ length: 999 }, () => caught), { caught: false }])).toBe(99);
    expect(mutationScore([caught])).toBe(100);
  });

  it('stands below the table of faults and claims', () => {
    const verdict = faultVerdict(
      fault,
      report(...seen.slice(0, 1), expectation('network', 'refuted', 'gone.ips = []')),
    );
    const baseline = {
      runs: 2,
      falseAlarms: [{ claim: 'udp/arrives', verdict: 'refuted' as const, because: 'lost' }],
    };
    expect(faultsTable({ faults: [verdict], baseline, durationMs: 61_400 }, 56)).toBe(
      [
        'FAULT     CLAIM          VERDICT      BECAUSE',
        'leaks     churn/files    refuted      probes.files.stdo…',
        '          churn/network  other cause  gone.ips = []',
        'no fault  udp/arrives    refuted      lost',
        '',
        'mutation score 0%: 0 of 1 fault caught by every claim that they name',
        '1 false alarm in 2 runs without a fault',
        '61 s',
        '',
      ].join('\n'),
    );
  });
});
