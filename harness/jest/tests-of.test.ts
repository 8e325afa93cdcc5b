import { describe, expect, it } from '@jest/globals';
import { expression, observed, scenario } from '../run/testing/scenarios.js';
import { matchedTests, neededPart, testsOf } from './tests-of.js';

const world = observed();
const sample = scenario('sample', world, {
  expectations: ['a', 'b', 'c'].map((id) => ({ id, says: `${id} is so.`, that: expression('true') })),
  controls: [
    { name: 'first', refutes: ['a', 'b'], world },
    { name: 'second', refutes: ['b'], world },
  ],
});
const allApply = { own: undefined, controls: [undefined, undefined] };
const namesOf = (tests: ReturnType<typeof testsOf>) => tests.map(({ name }) => name);

describe('testsOf', () => {
  it('gives one test for each expectation and one for each control', () => {
    expect(namesOf(testsOf(sample, allApply))).toEqual([
      'a: a is so.',
      'b: b is so.',
      'c: c is so. (uncontrolled)',
      'control: first refutes a, b',
      'control: second refutes b',
    ]);
  });

  it('does not count a control that the cluster cannot have', () => {
    const tests = testsOf(sample, { own: undefined, controls: ['no veth', undefined] });
    expect(namesOf(tests)).toEqual([
      'a: a is so. (uncontrolled)',
      'b: b is so.',
      'c: c is so. (uncontrolled)',
      'control: first refutes a, b (not applicable: no veth)',
      'control: second refutes b',
    ]);
    expect(tests.map(({ notApplicable }) => notApplicable)).toEqual([
      undefined,
      undefined,
      undefined,
      'no veth',
      undefined,
    ]);
  });

  it('leaves nothing to be run where the cluster cannot have the scenario itself', () => {
    const tests = testsOf(sample, { own: 'no services', controls: [undefined, undefined] });
    expect(tests.map(({ notApplicable }) => notApplicable)).toEqual(Array(5).fill('no services'));
    expect(namesOf(tests)[2]).toBe('c: c is so. (not applicable: no services)');
  });
});

describe('the part of a scenario that Jest was asked for', () => {
  const needed = (pattern: string | undefined) => {
    const { expectations, controls } = neededPart(
      sample,
      matchedTests(sample, testsOf(sample, allApply), pattern),
    );
    return [expectations.map(({ id }) => id), controls.map(({ name, refutes }) => [name, refutes])];
  };

  it('is all of it without a pattern', () => {
    const all = [
      ['a', 'b', 'c'],
      [
        ['first', ['a', 'b']],
        ['second', ['b']],
      ],
    ];
    expect(needed(undefined)).toEqual(all);
    expect(needed('')).toEqual(all);
    expect(needed('^sample ')).toEqual(all);
  });

  it('is an expectation with the controls that refute it', () => {
    expect(needed('a: a is')).toEqual([['a'], [['first', ['a']]]]);
    expect(needed('SAMPLE B:')).toEqual([
      ['b'],
      [
        ['first', ['b']],
        ['second', ['b']],
      ],
    ]);
    expect(needed('uncontrolled')).toEqual([['c'], []]);
  });

  it('is a control with the expectations that it refutes', () => {
    expect(needed('control: second')).toEqual([['b'], [['second', ['b']]]]);
    expect(needed('control: first')).toEqual([['a', 'b'], [['first', ['a', 'b']]]]);
  });

  it('is nothing when no test is matched', () => {
    expect(needed('another')).toEqual([[], []]);
  });
});
