import { expect, it } from '@jest/globals';
import { unreadable } from '../domain/fact-types.js';
import { celText } from './cel-text.js';
import { converter } from './fact-view.js';
import { link } from '../domain/testing/world.js';

const view = (type: string, facts: unknown) =>
  converter(type)(facts, { parent: undefined, step: 'x' }, () => undefined);

it.each([
  [1500n, '1500'],
  [2, '2.0'],
  [2.5, '2.5'],
  [true, 'true'],
  [null, 'null'],
  ['a "b"\n', '"a \\"b\\"\\n"'],
  [[1n, 'a', []], '[1, "a", []]'],
  [
    new Map<string, unknown>([
      ['a', 1n],
      ['b', new Map()],
    ]),
    '{"a": 1, "b": {}}',
  ],
  [{ a: 1n }, '{"a": 1}'],
  [new Date(0), 'timestamp("1970-01-01T00:00:00.000Z")'],
])('%s', (value, text) => expect(celText(value)).toBe(text));

it('writes facts as CEL writes messages', () => {
  expect(celText(view('NetNs', { inode: 1, path: '/x', nsid: unreadable('r') }))).toBe(
    'NetNs{inode: 1, path: "/x", nsid: unknown}',
  );
  expect(celText(view('list<Link>', [link(), link({ name: 'lo' })]))).toBe(
    '[Link{name: "eth0", …}, Link{name: "lo", …}]',
  );
  expect(celText(view('map<Link>', { eth0: link() }))).toBe('{"eth0": Link{…}}');
});

it('cuts, and does not write what it would cut off', () => {
  expect(celText('x'.repeat(200), 10)).toBe('"xxxxxxxx…');
  const huge = Array.from({ length: 1_000_000 }, (_, index) => BigInt(index));
  expect(celText(huge, 20)).toBe('[0, 1, 2, 3, 4, 5, …');
});
