import { describe, expect, it } from '@jest/globals';
import { load } from 'js-yaml';
import { offsetInScalar } from './scalar-source.js';

const scalars: readonly (readonly [style: string, raw: string])[] = [
  ['plain', 'one two\n  three\n\n  four'],
  ['single-quoted', "'one ''two''\n  three\n\n  four'"],
  ['double-quoted', '"one \\"two\\"\\n \\\n  three\\u0041\\x20\\U0001F600\n\n  four"'],
  ['literal', '|\n  one\n    two # three\n\n  four\n'],
  ['folded', '>- # header\n  one\n  two\n\n    three\n  four\n\n'],
  ['folded with a stated indentation', '>2-\n    one\n   two\n  three'],
];

describe('offsetInScalar', () => {
  it.each(scalars)('finds each letter of a %s scalar', (_, raw) => {
    const value = load(raw) as string;
    const letters = [...value.matchAll(/[a-z]/g)];
    expect(letters.length).toBeGreaterThan(10);
    for (const { 0: letter, index } of letters) {
      expect(raw.charAt(offsetInScalar(raw, value, index))).toBe(letter);
    }
    const lettersInOrder = letters.map(({ index }) => offsetInScalar(raw, value, index));
    expect(lettersInOrder).toEqual([...lettersInOrder].sort((a, b) => a - b));
    expect(new Set(lettersInOrder).size).toBe(letters.length);
  });

  it.each(scalars)('puts the end of a %s scalar behind its last character', (_, raw) => {
    const value = load(raw) as string;
    expect(raw.charAt(offsetInScalar(raw, value, value.length) - 1)).toBe(value.trimEnd().at(-1));
  });

  it('puts white space behind what is before it', () => {
    expect(offsetInScalar('>-\n  ab\n  cd', 'ab cd', 2)).toBe(7);
    expect(offsetInScalar('"a\\tb"', 'a\tb', 1)).toBe(2);
  });

  it('finds an escaped character at its backslash', () => {
    expect(offsetInScalar('"a\\"b"', 'a"b', 1)).toBe(2);
    expect(offsetInScalar('"\\x41b"', 'Ab', 1)).toBe(5);
    expect(offsetInScalar("'a''b'", "a'b", 2)).toBe(4);
  });
});
