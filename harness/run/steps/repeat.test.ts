import { describe, expect, it } from '@jest/globals';
import { isFalse } from '../testing/fake-instruments.js';
import { runSteps } from '../testing/run-plan.js';
import { expression, step } from '../testing/scenarios.js';

const place = { kind: 'node', node: 'node-1' } as const;
const probe = (name: string) => step({ kind: 'probe', name, place, argv: [name] }, 21);

describe('repeat', () => {
  it('runs its steps in order, round by round', async () => {
    const { calls, report } = await runSteps([
      { kind: 'repeat', times: 2, steps: [probe('a'), probe('b')] },
      { kind: 'observe', name: 'after' },
    ]);
    expect(calls.slice(2)).toEqual(['node node-1 a', 'node node-1 b', 'node node-1 a', 'node node-1 b']);
    expect(Object.keys(report.probes)).toEqual(['a', 'b']);
    expect(Object.keys(report.observations)).toEqual(['after']);
  });

  it('ends with the first step that fails, and names that one', async () => {
    const missing = step({ kind: 'restart', pod: 'web', container: 'nginx', timeoutMs: 20 }, 22);
    const { calls, report } = await runSteps([{ kind: 'repeat', times: 2, steps: [probe('a'), missing] }], {
      intercept: (call, signal) =>
        call.startsWith('restart')
          ? new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('stopped'))))
          : Promise.resolve(undefined),
    });
    expect(calls.slice(2)).toEqual(['node node-1 a', 'restart ns web/nginx']);
    expect(report.failure).toMatchObject({
      code: 'step/timeout',
      where: 'a.yaml:22:5 restart web/nginx',
      what: 'did not end within 20 ms',
    });
  });

  it('ends with a wait that was in vain', async () => {
    const wait = step({ kind: 'wait', until: expression('it'), timeoutMs: 10, forMs: 0 });
    const { calls, report } = await runSteps(
      [
        { kind: 'repeat', times: 3, steps: [probe('a'), wait] },
        { kind: 'observe', name: 'after' },
      ],
      { conditions: { it: () => isFalse } },
    );
    expect(calls.slice(2)).toEqual(['node node-1 a']);
    expect(report.unmetWaits).toHaveLength(1);
    expect(report.observations).toEqual({});
  });

  it('has a time of its own for all rounds', async () => {
    const { report } = await runSteps(
      [{ kind: 'repeat', times: 1_000_000, timeoutMs: 30, steps: [probe('a')] }],
      { intercept: () => new Promise((resolve) => setTimeout(() => resolve(undefined), 2)) },
    );
    expect(report.failure?.code).toBe('step/timeout');
  });
});
