import { describe, expect, it } from '@jest/globals';
import { memoryUsage } from 'node:process';
import { keepEnds } from './keep-ends.js';

const kept = (pieces: readonly string[], limit = 4) => {
  const keeper = keepEnds(limit);
  for (const piece of pieces) keeper.write(Buffer.from(piece));
  const { head, tail, dropped } = keeper.kept();
  return [head.toString(), tail.toString(), dropped];
};

describe('keepEnds', () => {
  it.each([
    ['nothing', [], ['', '', 0]],
    ['less than the beginning', ['ab'], ['ab', '', 0]],
    ['as much as both ends', ['abcd', 'efgh'], ['abcdefgh', '', 0]],
    ['one byte more', ['abcdefghi'], ['abcd', 'fghi', 1]],
    ['much more in one piece', ['abcdefghijklmnop'], ['abcd', 'mnop', 8]],
    ['much more in pieces', ['abc', 'def', 'ghi', 'jkl', 'mno', 'p'], ['abcd', 'mnop', 8]],
  ])('keeps of %s', (_, pieces, expected) => {
    expect(kept(pieces)).toEqual(expected);
  });

  it('keeps the same in whatever pieces it comes', () => {
    const text = Array.from({ length: 97 }, (_, index) => String.fromCharCode(33 + (index % 90))).join('');
    for (let limit = 1; limit < 60; limit += 1) {
      const whole = kept([text], limit);
      for (const size of [1, 2, 3, 7, 40]) {
        const pieces = text.match(new RegExp(`.{1,${size}}`, 'gs')) ?? [];
        expect(kept(pieces, limit)).toEqual(whole);
      }
      const [head, tail, dropped] = whole as [string, string, number];
      expect(head.length + tail.length + dropped).toBe(text.length);
      expect(text.startsWith(head) && text.endsWith(tail)).toBe(true);
    }
  });

  it('takes no more memory for many small pieces', () => {
    const before = memoryUsage().rss;
    const keeper = keepEnds();
    const piece = Buffer.from('y\n'.repeat(50));
    for (let count = 0; count < 2_000_000; count += 1) keeper.write(piece);
    expect(keeper.kept().dropped).toBe(200_000_000 - 16 * 1024 * 1024);
    expect(memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });
});
