import { expect, it } from '@jest/globals';
import { fakeCluster } from '../run/testing/fake-cluster.js';
import { withCapabilities } from './with-capabilities.js';

const never = new AbortController().signal;

it('lets nobody read from the list that a capability is absent that could not be tested', async () => {
  const detected = { has: ['ipv4', 'veth'], untested: new Map([['dns', 'no answer']]) };
  const cluster = { ...fakeCluster(), detect: () => Promise.resolve(detected) };
  const able = await withCapabilities(['dns', 'veth'], cluster, never);
  expect(able.detected).toBe(detected);
  expect(able.facts.capabilities).toEqual({ $unreadable: 'dns could not be tested: no answer' });
  const all = {
    ...cluster,
    detect: () => Promise.resolve({ has: ['ipv4'], untested: new Map<string, string>() }),
  };
  expect((await withCapabilities(['dns'], all, never)).facts.capabilities).toEqual(['ipv4']);
});
