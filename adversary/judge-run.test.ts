import { describe, expect, it } from '@jest/globals';
import type { Report } from '../harness/domain/report.js';
import { judgeRun, type Outcome } from './judge-run.js';

const report = {
  scenarios: [
    {
      name: 'web',
      verdict: 'holds',
      expectations: [{ id: 'up', verdict: 'refuted', because: 'it is down' }],
    },
  ],
} as unknown as Report;

const outcome: Outcome = {
  exit: 2,
  stdout: 'all is\n  well',
  stderr: 'booting',
  seconds: 3,
  memoryMiB: 100,
  report,
  missed: [],
};

describe('a run', () => {
  it('that is as required is not complained of', () => {
    const expected = {
      exit: [1, 2],
      verdicts: { web: ['unknown', 'holds'], 'web/up': 'refuted' },
      says: ['all is well', 'booting'],
      never: ['fault'],
      seconds: 3,
      memoryMiB: 100,
    } as const;
    expect(judgeRun(expected, outcome)).toEqual([]);
  });

  it.each([
    ['its exit code', { exit: 0 }, {}, 'it ended with 2, not with 0'],
    ['each of several exit codes', { exit: [0, 1] }, {}, 'it ended with 2, not with 0 or 1'],
    ['a signal', { exit: 2 }, { exit: 'SIGSEGV' }, 'it ended with SIGSEGV, not with 2'],
    ['its time', { exit: 2, seconds: 2 }, {}, 'it took 3.0 s, longer than 2'],
    ['no end', { exit: 2 }, { stopped: 'time', exit: 'SIGKILL' }, 'it did not end within 60 s'],
    ['its memory', { exit: 2, memoryMiB: 64 }, {}, 'it took 100 MiB of memory, more than 64'],
    ['its memory, unasked', { exit: 2 }, { memoryMiB: 513 }, 'it took 513 MiB of memory, more than 512'],
    [
      'a verdict',
      { exit: 2, verdicts: { 'web/up': ['holds', 'unknown'] } },
      {},
      'web/up is refuted, not holds or unknown: it is down',
    ],
    ['a verdict on nothing', { exit: 2, verdicts: { db: 'holds' } }, {}, 'db is not in its report'],
    [
      'a report that is missing',
      { exit: 2, verdicts: { web: 'holds' } },
      { report: undefined },
      'it wrote no report report.json',
    ],
    ['a missing word', { exit: 2, says: ['all is bad'] }, {}, 'it did not say "all is bad"'],
    ['a word too many', { exit: 2, never: ['is well'] }, {}, 'it said "is well"'],
    ['an error that nobody foresaw', { exit: 2 }, { stderr: 'TypeError: x' }, 'it said "TypeError"'],
    [
      'an attack that did not happen',
      { exit: 2 },
      { missed: ['the moment never came'] },
      'the moment never came',
    ],
  ] as const)('is complained of for %s', (_, expected, differs, complaint) => {
    expect(judgeRun(expected, { ...outcome, ...differs })).toEqual([complaint]);
  });
});
