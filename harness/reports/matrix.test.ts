import { describe, expect, it } from '@jest/globals';
import { stripVTControlCharacters } from 'node:util';
import type { Matrix } from '../domain/matrix.js';
import { differencesText, renderMatrix } from './matrix.js';

const same = { bridge: 'holds', macvlan: 'holds' } as const;
const different = { bridge: 'holds', macvlan: 'not-applicable' } as const;
const matrix: Matrix = {
  apiVersion: 'netclaims.dev/v1',
  kind: 'Matrix',
  networks: ['bridge', 'macvlan'],
  claims: [
    { name: 'first', claim: 'A.', verdicts: same, expectations: [{ id: 'a', says: 'A.', verdicts: same }] },
    {
      name: 'second',
      claim: 'B.',
      verdicts: different,
      expectations: [
        { id: 'b', says: 'B.', verdicts: different },
        { id: 'c', says: 'C.', verdicts: same },
      ],
    },
  ],
};

describe('renderMatrix', () => {
  it('shows what differs first, with the expectations that do', () => {
    expect(renderMatrix(matrix, 'text', false)).toBe(
      [
        'CLAIM   bridge  macvlan',
        'second  holds   not-applicable',
        '  b     holds   not-applicable',
        '',
        'first   holds   holds',
        '',
        '1 claim of 2 not the same on all of bridge, macvlan',
        '',
      ].join('\n'),
    );
  });

  it('paints verdicts and nothing else', () => {
    const painted = renderMatrix(matrix, 'text', true);
    expect(painted).toContain('\u001b[36mnot-applicable\u001b[39m');
    expect(stripVTControlCharacters(painted)).toBe(renderMatrix(matrix, 'text', false));
  });

  it('shows a claim that comes to the same by different parts', () => {
    const [, second] = matrix.claims;
    if (second === undefined) throw new Error('there are two');
    const text = renderMatrix({ ...matrix, claims: [{ ...second, verdicts: same }] }, 'text', false);
    expect(text).toContain('second  holds   holds\n  b     holds   not-applicable\n');
  });

  it('is a table in Markdown', () => {
    expect(renderMatrix(matrix, 'markdown', false)).toBe(
      [
        '## What differs',
        '',
        '| claim | bridge | macvlan |',
        '|---|---|---|',
        '| second | holds | not-applicable |',
        '| &nbsp;&nbsp;b | holds | not-applicable |',
        '',
        '## What is the same',
        '',
        '| claim | bridge | macvlan |',
        '|---|---|---|',
        '| first | holds | holds |',
        '',
      ].join('\n'),
    );
  });

  it('is read back from JSON as it was', () => {
    expect(JSON.parse(renderMatrix(matrix, 'json', false))).toEqual(matrix);
  });
});

describe('differencesText', () => {
  it('says of each cell what it was and is', () => {
    const cell = { network: 'ptp', claim: 'c' };
    expect(
      differencesText([
        { ...cell, expectation: undefined, expected: 'holds', found: 'refuted' },
        { ...cell, expectation: 'a', expected: undefined, found: 'holds' },
      ]),
    ).toBe('ptp: c was holds, is refuted\nptp: c a was -, is holds\n');
  });
});
