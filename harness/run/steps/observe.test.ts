import { describe, expect, it } from '@jest/globals';
import { runSteps } from '../testing/run-plan.js';

describe('observe', () => {
  it('keeps all facts under the name', async () => {
    const { report } = await runSteps([{ kind: 'observe', name: 'before' }]);
    expect(Object.keys(report.observations)).toEqual(['before']);
    expect(report.observations.before?.pods.web).toMatchObject({ name: 'web', node: 'node-1' });
    expect(report.failure).toBeNull();
  });

  it('puts a name that is used again last', async () => {
    const { report } = await runSteps([
      { kind: 'observe', name: 'a' },
      { kind: 'observe', name: 'b' },
      { kind: 'observe', name: 'a' },
    ]);
    expect(Object.keys(report.observations)).toEqual(['b', 'a']);
  });
});
