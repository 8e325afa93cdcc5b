import { describe, expect, it } from '@jest/globals';
import { failure } from '../domain/testing/failure.js';
import { everyVerdict } from './golden/every-verdict.js';
import { observation } from './golden/facts.js';
import { noCluster } from './golden/no-cluster.js';
import { sharedFailure } from './shared-failure.js';

describe('sharedFailure', () => {
  it('is what kept all scenarios from being begun', () => {
    expect(sharedFailure(noCluster)?.code).toBe('cluster/no-node');
  });

  it('is none where scenarios differ in it, where something was seen, and for one scenario', () => {
    const [first, ...others] = noCluster.scenarios;
    if (first === undefined) throw new Error('no scenario');
    const differs = { ...first, failure: failure('cluster/ground-lost', 'gone') };
    const seen = { ...first, observations: { now: observation } };
    expect(sharedFailure(everyVerdict)).toBeUndefined();
    expect(sharedFailure({ ...noCluster, scenarios: [differs, ...others] })).toBeUndefined();
    expect(sharedFailure({ ...noCluster, scenarios: [seen, ...others] })).toBeUndefined();
    expect(sharedFailure({ ...noCluster, scenarios: [first] })).toBeUndefined();
  });
});
