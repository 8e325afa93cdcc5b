import { describe, expect, it } from '@jest/globals';
import { countVerdicts } from './report.js';
import { verdicts } from './verdict.js';

describe('countVerdicts', () => {
  it('counts each verdict apart', () => {
    const all = verdicts.flatMap((verdict, index) => Array.from({ length: index + 1 }, () => verdict));
    expect(countVerdicts(all)).toEqual({ holds: 1, refuted: 2, vacuous: 3, unknown: 4, notApplicable: 5 });
  });

  it('counts nothing where nothing was judged', () => {
    expect(countVerdicts([])).toEqual({ holds: 0, refuted: 0, vacuous: 0, unknown: 0, notApplicable: 0 });
  });
});
