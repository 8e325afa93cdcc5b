import { describe, expect, it } from '@jest/globals';
import { everyVerdict } from './golden/every-verdict.js';
import { observation } from './golden/facts.js';
import { noCluster } from './golden/no-cluster.js';
import { sharedTrouble } from './shared-trouble.js';

describe('sharedTrouble', () => {
  it('is what kept all scenarios from being begun', () => {
    expect(sharedTrouble(noCluster)?.code).toBe('cluster/no-node');
  });

  it('is none where scenarios differ in it, where something was seen, and for one scenario', () => {
    const [first, ...others] = noCluster.scenarios;
    if (first === undefined) throw new Error('no scenario');
    const differs = { ...first, trouble: { code: 'cluster/lost', message: 'gone' } };
    const seen = { ...first, observations: { now: observation } };
    expect(sharedTrouble(everyVerdict)).toBeUndefined();
    expect(sharedTrouble({ ...noCluster, scenarios: [differs, ...others] })).toBeUndefined();
    expect(sharedTrouble({ ...noCluster, scenarios: [seen, ...others] })).toBeUndefined();
    expect(sharedTrouble({ ...noCluster, scenarios: [first] })).toBeUndefined();
  });
});
