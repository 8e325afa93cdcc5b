import { describe, expect, it } from '@jest/globals';
import { everyVerdict } from './golden/every-verdict.js';
import { noCluster } from './golden/no-cluster.js';
import { renderTap } from './tap.js';

const lines = (text: string, start: RegExp) => text.split('\n').filter((line) => start.test(line));

describe('renderTap', () => {
  it('has a point for each expectation, and only what holds or is skipped is ok', () => {
    const points = lines(renderTap(everyVerdict), /^(?:not )?ok /);
    expect(points.map((line) => line.replace(/ - .*?(?= # SKIP|$)/, ''))).toEqual([
      'ok 1',
      'ok 2',
      'not ok 3',
      'not ok 4',
      'not ok 5',
      'not ok 6',
      'ok 7',
      'ok 8 # SKIP needs services, which this cluster has not',
      'ok 9 # SKIP needs services, which this cluster has not',
    ]);
    expect(renderTap(everyVerdict)).toContain('\n1..9\n');
  });

  it('has a plan for nothing as well', () => {
    expect(renderTap({ ...everyVerdict, scenarios: [] })).toContain('\n1..0 # SKIP');
  });

  it('tells once why nothing was run', () => {
    expect(lines(renderTap(noCluster), /^#.*could not be made/)).toHaveLength(1);
  });
});
