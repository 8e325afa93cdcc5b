import { describe, expect, it } from '@jest/globals';
import { failure as failureLike } from '../domain/testing/failure.js';
import type { ScenarioReport } from '../domain/report.js';
import { everyVerdict } from '../reports/golden/every-verdict.js';
import { renderTerminal } from '../reports/terminal.js';
import { controlFailure, expectationFailure, lateFailure } from './failure.js';

const reportOf = (name: string): ScenarioReport => {
  const report = everyVerdict.scenarios.find((one) => one.name === name);
  if (report === undefined) throw new Error(`there is no ${name}`);
  return report;
};
const expectations = everyVerdict.scenarios.flatMap((report) =>
  report.expectations.map(({ id, verdict }) => ({ report, id, verdict })),
);
const notHolding = expectations.filter(({ verdict }) => verdict !== 'holds' && verdict !== 'not-applicable');

describe('expectationFailure', () => {
  it.each(notHolding)('says of $id ($verdict) what the terminal report says', ({ report, id }) => {
    const text = expectationFailure(report, id, false) ?? '';
    const terminal = renderTerminal(everyVerdict, { columns: 98, colour: false, detail: 'normal' })
      .split('\n')
      .map((line) => line.replace(/^ {2}/, ''));
    expect(text).toMatch(new RegExp(`^${id} [A-Z]+ `));
    expect(text.split('\n').filter((line) => !terminal.includes(line))).toEqual([]);
  });

  it('has examples of every verdict that fails', () => {
    expect([...new Set(notHolding.map(({ verdict }) => verdict))].sort()).toEqual([
      'refuted',
      'unknown',
      'vacuous',
    ]);
  });

  it('is silent of what holds, and of what is uncontrolled unless that is asked for', () => {
    const report = reportOf('shared-namespace');
    expect(expectationFailure(report, 'same-netns', true)).toBeUndefined();
    expect(expectationFailure(report, 'localhost', false)).toBeUndefined();
    expect(expectationFailure(report, 'localhost', true)).toMatch(/^localhost UNCONTROLLED it holds/);
  });

  it('does not pass for an expectation that is not in the report', () => {
    expect(expectationFailure(reportOf('shared-namespace'), 'other', false)).toContain('was not run');
  });
});

describe('controlFailure', () => {
  const report = reportOf('shared-namespace');
  const [first] = report.expectations;
  const [control] = report.controls;
  if (first === undefined || control === undefined) throw new Error('the report has no control');
  const withVerdict = (verdict: 'holds' | 'unknown', because: string): ScenarioReport => ({
    ...report,
    expectations: [{ ...first, controls: [{ name: control.name, verdict, because }] }],
  });

  it('is silent where all that it is to refute is refuted', () => {
    expect(controlFailure(report, control.name)).toBeUndefined();
  });

  it('names what holds in it', () => {
    expect(controlFailure(withVerdict('holds', ''), control.name)).toContain(
      `control "${control.name}": holds, but must be refuted`,
    );
  });

  it('names what could not be judged in it, and its failure', () => {
    const failure = failureLike('cluster/ground-lost', 'containerd does not answer');
    const troubled = { ...withVerdict('unknown', 'no veth'), controls: [{ ...control, failure }] };
    const text = controlFailure(troubled, control.name) ?? '';
    expect(text).toMatch(/unknown, but must be refuted \(no\s+veth\)/);
    expect(text).toContain('cluster/ground-lost: containerd does not answer');
  });

  it('does not pass for a control that is not in the report', () => {
    expect(controlFailure(report, 'other')).toContain('was not run');
  });
});

describe('lateFailure', () => {
  const report = reportOf('shared-namespace');
  const cleanup = [failureLike('cluster/cleanup', 'ns was not removed within 60 s')];

  it('tells what went wrong where everything holds', () => {
    expect(lateFailure(report)).toBeUndefined();
    expect(lateFailure({ ...report, cleanup })).toMatch(
      /^cluster\/cleanup: ns was not removed within 60 s\n +→ remove the cluster/,
    );
    const [control] = report.controls;
    if (control === undefined) throw new Error('the report has no control');
    expect(lateFailure({ ...report, controls: [{ ...control, cleanup }] })).toContain(
      `control "${control.name}" cluster/cleanup:`,
    );
  });

  it('leaves it to the tests that fail', () => {
    expect(lateFailure({ ...report, cleanup, verdict: 'unknown' })).toBeUndefined();
  });
});
