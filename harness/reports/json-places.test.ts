import { describe, expect, it } from '@jest/globals';
import { jsonPlaces, pointerStep, positionOf } from './json-places.js';

const mistake = (text: string) => {
  const scan = jsonPlaces(text);
  if (scan.valid) throw new Error(`no mistake in ${text}`);
  const { line, column } = positionOf(text, scan.offset);
  return `${line}:${column} ${scan.message}`;
};

describe('jsonPlaces', () => {
  it('finds every value and its key', () => {
    const text = '{\n  "a/b": [1, {"~": null}],\n "": ""\n}\n';
    const scan = jsonPlaces(text);
    expect(scan.valid).toBe(true);
    const places = scan.valid ? scan.places : new Map<string, never>();
    expect(
      [...places].map(([pointer, { key, value }]) => [
        pointer,
        text.slice(key).charAt(0),
        text.slice(value).charAt(0),
      ]),
    ).toEqual([
      ['', '{', '{'],
      ['/a~1b', '"', '['],
      ['/a~1b/0', '1', '1'],
      ['/a~1b/1', '{', '{'],
      ['/a~1b/1/~0', '"', 'n'],
      ['/', '"', '"'],
    ]);
    expect(pointerStep('a/~b')).toBe('/a~1~0b');
  });

  it.each([
    ['1:1 ends where a value must follow', ''],
    ['1:2 ends where a key in double quotes must follow', '{'],
    ['3:3 must be "," or "}"', '{\n  "a": 1\n  "b": 2}'],
    ['1:2 must be a key in double quotes', "{'a': 1}"],
    ['1:6 must be ":"', '{"a" 1}'],
    ['1:9 must be a key in double quotes', '{"a": 1,}'],
    ['1:6 ends where "," or "]" must follow', '[1, 2'],
    ['1:4 must be a value', '[1,]'],
    ['1:3 must be "," or "]"', '[01]'],
    ['1:2 is no JSON string', '["a\nb"]'],
    ['1:2 is no JSON string', '["\\x"]'],
    ['1:1 must be a value', 'nul'],
    ['1:4 must end here', '{} {}'],
    ['1:502 must not be nested deeper than 500', '['.repeat(502)],
  ])('says %s', (expected, text) => {
    expect(mistake(text)).toBe(expected);
  });

  it('agrees with JSON.parse on what JSON is', () => {
    for (const text of [
      '1',
      '-0.5e+3',
      '"\u007f\u2028🦊\\ud83d"',
      ' [ ] ',
      '{ }',
      '[[],{}]',
      'true',
      '1.',
      '+1',
      '.5',
      '"\\u12"',
      '\ufeff1',
      '{"a":}',
      '"\ud83d"',
      '"\t"',
      '[1 2]',
      '1e',
      'NaN',
      '//',
    ]) {
      const isJson = (() => {
        try {
          JSON.parse(text);
          return true;
        } catch {
          return false;
        }
      })();
      expect([text, jsonPlaces(text).valid]).toEqual([text, isJson]);
    }
  });
});
