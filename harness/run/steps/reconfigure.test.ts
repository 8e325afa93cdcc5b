import { describe, expect, it } from '@jest/globals';
import { fakeCluster } from '../testing/fake-cluster.js';
import { runSteps } from '../testing/run-plan.js';

describe('reconfigure', () => {
  it('changes the network, and has it put back once the world is removed', async () => {
    const { close, cluster, report } = await runSteps([
      { kind: 'reconfigure', change: { fields: { mtu: 1400 } } },
      { kind: 'reconfigure', change: { plugin: 'build' } },
    ]);
    expect(report.failure).toBeNull();
    const changes = () => cluster.calls.filter((call) => !/^(pods|apply|open) /.test(call));
    expect(changes()).toEqual(['reconfigure {"fields":{"mtu":1400}}', 'reconfigure {"plugin":"build"}']);
    expect(await close()).toBeNull();
    expect(changes().slice(2)).toEqual(['close ns', 'put the network back', 'put the network back']);
  });

  it('puts the network back also when the world cannot be removed', async () => {
    const { close, cluster } = await runSteps([{ kind: 'reconfigure', change: { fields: { mtu: 1400 } } }], {
      intercept: (call) =>
        call.startsWith('close') ? Promise.reject(new Error('busy')) : Promise.resolve(undefined),
    });
    expect(await close()).toMatchObject({ what: 'busy' });
    expect(cluster.calls.at(-1)).toBe('put the network back');
  });

  it('says what to require where the network cannot be changed', async () => {
    const fixed = { ...fakeCluster() };
    delete fixed.reconfigure;
    const { report } = await runSteps([{ kind: 'reconfigure', change: { fields: { mtu: 1400 } } }], {
      cluster: fixed,
    });
    expect(report.failure).toMatchObject({
      code: 'step/not-possible',
      remedy: expect.stringContaining('changeable-network'),
    });
  });
});
