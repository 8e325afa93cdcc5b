import { describe, expect, it } from '@jest/globals';
import type { PodRecord } from '../../domain/pod-record.js';
import type { Condition } from '../../judge/judge-condition.js';
import { fakeCluster } from '../testing/fake-cluster.js';
import { isFalse, isTrue, isUnknown } from '../testing/fake-instruments.js';
import { runSteps } from '../testing/run-plan.js';
import { expression } from '../testing/scenarios.js';

const waitFor = (timeoutMs: number, forMs = 0) =>
  ({ kind: 'wait', until: expression('it'), timeoutMs, forMs }) as const;
const after = { kind: 'observe', name: 'after' } as const;

/** Runs a wait whose condition is what `states` says, one after the other; between two of them something changes. The last one stays. */
const runWait = async (wait: ReturnType<typeof waitFor>, ...states: readonly Condition[]) => {
  const cluster = fakeCluster();
  let reads = 0;
  const it = () => {
    const state = states[Math.min(reads, states.length - 1)] ?? isFalse;
    reads += 1;
    if (reads < states.length) setTimeout(() => cluster.change((pod: PodRecord) => pod), 5);
    return state;
  };
  const { report } = await runSteps([wait, after], { cluster, conditions: { it } });
  return { report, reads };
};

describe('wait until', () => {
  it('goes on once the condition is true, and keeps no observation of its own', async () => {
    const { report, reads } = await runWait(waitFor(60_000), isTrue);
    expect(report).toMatchObject({ unmetWaits: [], failure: null });
    expect(Object.keys(report.observations)).toEqual(['after']);
    expect(reads).toBe(1);
  });

  it('reads again when something may have changed, and only then', async () => {
    const { report, reads } = await runWait(waitFor(60_000), isFalse, isUnknown, isFalse, isTrue);
    expect(report).toMatchObject({ unmetWaits: [], failure: null });
    expect(reads).toBe(4);
  });

  it('does not miss a change that comes while it reads', async () => {
    let changedWhileReading = false;
    const cluster = fakeCluster();
    const { report } = await runSteps([waitFor(60_000)], {
      cluster,
      conditions: {
        it: () => {
          if (changedWhileReading) return isTrue;
          changedWhileReading = true;
          cluster.change((pod) => pod);
          return isFalse;
        },
      },
    });
    expect(report).toMatchObject({ unmetWaits: [], failure: null });
  });

  it('reads once more when its time is up, as not every change is told', async () => {
    const { report, reads } = await runWait(waitFor(30), isFalse);
    expect(reads).toBe(2);
    expect(report.failure).toBeNull();
    expect(report.unmetWaits).toEqual([
      {
        until: 'it',
        message: 'a.yaml:9:5 wait until it: did not become true within 30 ms: x is false',
        values: [{ expression: 'x', value: 'false' }],
      },
    ]);
  });

  it('ends the world when it was in vain', async () => {
    const { report } = await runWait(waitFor(10), isFalse);
    expect(report.observations).toEqual({});
  });

  it('fails when the condition could not be read by then: that is not the same as false', async () => {
    const { report } = await runWait(waitFor(20), isFalse, isUnknown);
    expect(report.unmetWaits).toEqual([]);
    expect(report.failure).toEqual({
      code: 'step/undecided',
      what: 'it could not be read whether `it` is true',
      where: 'a.yaml:9:5 wait until it',
      evidence: ['`ip` is not installed'],
      remedy: expect.any(String),
    });
  });
});

describe('wait for', () => {
  it('goes on once the condition has stayed true for that long', async () => {
    const began = Date.now();
    const { report } = await runWait(waitFor(60_000, 60), isFalse, isTrue);
    expect(report).toMatchObject({ unmetWaits: [], failure: null });
    expect(Date.now() - began).toBeGreaterThanOrEqual(55);
  });

  it('must become true early enough to stay true within the timeout', async () => {
    const { report } = await runWait(waitFor(50_030, 50_000), isFalse);
    expect(report.unmetWaits).toMatchObject([
      { message: 'a.yaml:9:5 wait until it: did not become true within 30 ms: x is false' },
    ]);
  });

  it('is in vain when the condition becomes false again, and does not try a second time', async () => {
    const { report } = await runWait(waitFor(60_000, 50_000), isTrue, isTrue, isFalse, isTrue);
    expect(report.unmetWaits).toEqual([
      {
        until: 'it',
        message: 'a.yaml:9:5 wait until it: became true, but did not stay true for 50 s: x is false',
        values: [{ expression: 'x', value: 'false' }],
      },
    ]);
    expect(report.observations).toEqual({});
  });

  it('fails when nobody can say whether the condition stayed true', async () => {
    const { report } = await runWait(waitFor(60_000, 50_000), isTrue, isTrue, isUnknown);
    expect(report.unmetWaits).toEqual([]);
    expect(report.failure?.code).toBe('step/undecided');
  });
});
