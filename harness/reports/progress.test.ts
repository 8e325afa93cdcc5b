import { describe, expect, it } from '@jest/globals';
import { failure } from '../domain/testing/failure.js';
import type { RunEvent } from '../domain/run-event.js';
import { showProgress, type ProgressScreen } from './progress.js';

const own = { scenario: 'veth-presence', control: null } as const;
const control = { scenario: 'veth-presence', control: 'two pods' } as const;
const at = (ms: number) => ({ elapsedMs: ms });

const run: readonly RunEvent[] = [
  { ...at(0), kind: 'cluster-phase', phase: 'starting containerd' },
  { ...at(310), kind: 'cluster-ready', cluster: 'containerd, CNI bridge, 1 node' },
  { ...at(311), kind: 'run-started', scenarios: ['veth-presence', 'other'] },
  { ...at(312), kind: 'scenario-started', scenario: 'veth-presence' },
  { ...at(313), kind: 'world-started', ...own, steps: 2 },
  { ...at(314), kind: 'step-started', ...own, index: 0, step: 'apply manifests' },
  { ...at(400), kind: 'world-started', ...control, steps: 1 },
  {
    ...at(500),
    kind: 'step-finished',
    ...own,
    index: 0,
    step: 'apply manifests',
    durationMs: 186,
    failure: null,
  },
  { ...at(501), kind: 'step-started', ...own, index: 1, step: 'observe \u001b[2J' },
  {
    ...at(600),
    kind: 'world-finished',
    ...control,
    durationMs: 200,
    failure: failure('pod/not-ready', 'pod a is not ready\u0007', { evidence: ['last log: …'] }),
  },
  { ...at(700), kind: 'world-finished', ...own, durationMs: 387, failure: null },
  {
    ...at(701),
    kind: 'scenario-finished',
    scenario: 'veth-presence',
    verdict: 'unknown',
    durationMs: 389,
    kept: ['ns-1'],
  },
];

const screen = (properties: Partial<ProgressScreen>) => {
  const written: string[] = [];
  return {
    written,
    screen: {
      write: (text: string) => written.push(text),
      live: true,
      colour: false,
      columns: 60,
      ...properties,
    },
  };
};

/** A terminal that knows what progress uses: lines, the cursor going up, erasing what is below it. */
const linesShown = (writes: readonly string[]): readonly string[] => {
  const shown: string[] = [];
  for (const write of writes) {
    // eslint-disable-next-line no-control-regex
    const up = /^\u001b\[([0-9]+)F\u001b\[0J/.exec(write);
    if (up !== null) shown.splice(shown.length - Number(up[1]));
    const text = write.slice(up?.[0].length ?? 0);
    expect(text).not.toContain('\u001b');
    expect(text === '' || text.endsWith('\n')).toBe(true);
    shown.push(...text.split('\n').slice(0, -1));
  }
  return shown;
};

describe('showProgress without a live screen', () => {
  it('writes a line for each event that matters', () => {
    const { written, screen: plain } = screen({ live: false });
    const progress = showProgress(plain);
    run.forEach(progress.observe);
    progress.finish();
    expect(written.join('')).toBe(
      [
        'cluster: starting containerd',
        'cluster: ready, containerd, CNI bridge, 1 node (0.31 s)',
        'veth-presence: started',
        'veth-presence, control "two pods": pod/not-ready: pod a is not ready\\x07',
        'veth-presence: UNKNOWN (0.39 s)',
        'veth-presence: kept namespace ns-1',
        '',
      ].join('\n'),
    );
  });
});

describe('showProgress on a live screen', () => {
  const shownAfter = (events: number, columns = 60): readonly string[] => {
    const { written, screen: live } = screen({ columns });
    const progress = showProgress(live);
    run.slice(0, events).forEach(progress.observe);
    return linesShown(written);
  };

  it('draws what is going on now over what was', () => {
    expect(shownAfter(1)).toEqual(['cluster: starting containerd']);
    expect(shownAfter(2)).toEqual([]);
    expect(shownAfter(4)).toEqual(['0 of 2 scenarios']);
    expect(shownAfter(7)).toEqual([
      'veth-presence: apply manifests',
      'veth-presence, control "two pods"',
      '0 of 2 scenarios',
    ]);
    expect(shownAfter(9)).toEqual([
      'veth-presence: 1/2 observe \\x1b[2J',
      'veth-presence, control "two pods"',
      '0 of 2 scenarios',
    ]);
  });

  it('keeps what went wrong above, and nothing else at the end', () => {
    const told = 'veth-presence, control "two pods": pod/not-ready: pod a is not ready\\x07';
    expect(shownAfter(10)).toEqual([told, 'veth-presence: 1/2 observe \\x1b[2J', '0 of 2 scenarios']);
    const { written, screen: live } = screen({});
    const progress = showProgress(live);
    run.forEach(progress.observe);
    expect(linesShown(written).at(-1)).toBe('1 of 2 scenarios: 1 unknown');
    progress.finish();
    progress.finish();
    expect(linesShown(written)).toEqual([
      told,
      'veth-presence: UNKNOWN (0.39 s)',
      'veth-presence: kept namespace ns-1',
    ]);
  });

  it('never draws a line that the terminal would wrap', () => {
    for (const line of shownAfter(9, 20)) expect(line.length).toBeLessThan(20);
    expect(shownAfter(9, 20)[0]).toBe('veth-presence: 1/2…');
  });

  it('counts the worlds that are too many to show', () => {
    const { written, screen: live } = screen({});
    const { observe } = showProgress(live);
    for (let index = 1; index <= 11; index++)
      observe({ ...at(index), kind: 'world-started', scenario: `s${index}`, control: null, steps: 1 });
    expect(linesShown(written)).toEqual(['s1', 's2', 's3', 's4', 's5', 's6', 's7', 's8', 'and 3 more']);
  });

  it('colours only when told', () => {
    const { written, screen: live } = screen({ colour: true, live: false });
    run.forEach(showProgress(live).observe);
    expect(written.join('')).toContain('veth-presence: \u001b[33mUNKNOWN\u001b[39m (0.39 s)\n');
  });
});
