import { describe, expect, it } from '@jest/globals';
import { failure } from '../domain/testing/failure.js';
import type { ScenarioReport } from '../domain/report.js';
import type { Failure } from '../domain/failure.js';
import { causesOf, failuresOf, isShared } from './causes.js';
import { allHolds } from './golden/every-verdict.js';
import { renderTerminal } from './terminal.js';

const [scenario] = allHolds.scenarios;
const [control] = scenario?.controls ?? [];
if (scenario === undefined || control === undefined) throw new Error('the golden report is empty');

/** What one faulty plugin makes of a world: other names and identifiers, the same words. */
const removal = (namespace: string, sandbox: string): Failure =>
  failure('cluster/cleanup', `not everything of ${namespace} could be removed`, {
    where: `removing ${namespace}`,
    evidence: [`failed to destroy network for sandbox "${sandbox}": the daemon does not answer`],
  });
const struck = (name: string, number: number): ScenarioReport => ({
  ...scenario,
  name,
  cleanup: [removal(`netclaims-${name}-${number}`, '5f07cf28a0368842')],
  controls: [{ ...control, cleanup: [removal(`netclaims-${name}-c-${number}`, 'd56b2ed28369')] }],
});
const timesIn = (text: string, words: string): number => text.split(words).length - 1;

describe('causesOf', () => {
  it('takes failures that differ in names and identifiers only for one', () => {
    const [cause, ...others] = causesOf([struck('a', 1), struck('b', 2)]);
    expect(others).toEqual([]);
    expect(cause?.struck).toEqual([
      { scenario: 'a', control: null, where: 'removing netclaims-a-1' },
      { scenario: 'a', control: control.name, where: 'removing netclaims-a-c-1' },
      { scenario: 'b', control: null, where: 'removing netclaims-b-2' },
      { scenario: 'b', control: control.name, where: 'removing netclaims-b-c-2' },
    ]);
    expect(causesOf([struck('a', 1)]).map(isShared)).toEqual([false]);
  });

  it('keeps apart what says something else', () => {
    const other = { ...scenario, cleanup: [failure('cluster/cleanup', 'a mount is busy')] };
    expect(causesOf([struck('a', 1), other])).toHaveLength(2);
  });
});

describe('one cause', () => {
  it('is told once for the worlds of a scenario', () => {
    const text = failuresOf(struck('a', 1)).join('\n');
    expect(timesIn(text, 'the daemon does not answer')).toBe(1);
    expect(text).toContain(`it struck:\n  own world: removing netclaims-a-1\n  control "${control.name}": `);
  });

  it('is told once on the terminal for several scenarios, with the worlds that it struck', () => {
    const report = { ...allHolds, scenarios: [struck('a', 1), struck('b', 2)] };
    const text = renderTerminal(report, { columns: 100, colour: false, detail: 'normal' });
    expect(timesIn(text, 'the daemon does not answer')).toBe(1);
    expect(text).toContain('    b, own world: removing netclaims-b-2\n');
    expect(timesIn(text, 'cluster/cleanup: told above')).toBe(2);
  });
});
