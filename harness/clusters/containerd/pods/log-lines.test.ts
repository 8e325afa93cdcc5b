import { expect, it } from '@jest/globals';
import { lastLogLines } from './log-lines.js';

const log = `2026-11-25T07:10:37.1Z stdout F one
2026-11-25T07:10:37.2Z stderr P tw
2026-11-25T07:10:37.3Z stdout F between
2026-11-25T07:10:37.4Z stderr F o
2026-11-25T07:10:37.5Z stdout F
2026-11-25T07:10:37.6Z stdout P three, cut
`;

it('joins the parts of a line, stream by stream, and keeps what the container ended in the middle of', () => {
  expect(lastLogLines(log, 10)).toEqual(['one', 'between', 'two', '', 'three, cut']);
});

it('gives the last ones, and none of what is no entry', () => {
  expect(lastLogLines(log, 2)).toEqual(['', 'three, cut']);
  expect(lastLogLines(`half an entry\n${log}`, 1)).toEqual(['three, cut']);
  expect(lastLogLines('', 10)).toEqual([]);
});
