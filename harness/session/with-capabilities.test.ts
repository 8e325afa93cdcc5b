import { expect, it } from '@jest/globals';
import type { LockRequest } from '../domain/cluster-lock.js';
import { firmGround } from '../domain/ground.js';
import { fakeCluster } from '../run/testing/fake-cluster.js';
import { withCapabilities } from './with-capabilities.js';

const never = new AbortController().signal;
const lock = { wait: true, onWait: () => undefined };

it('lets nobody read from the list that a capability is absent that could not be tested', async () => {
  const detected = { has: ['ipv4', 'veth'], untested: new Map([['dns', 'no answer']]) };
  const cluster = { ...fakeCluster(), detect: () => Promise.resolve(detected) };
  const able = await withCapabilities(['dns', 'veth'], cluster, lock, never);
  expect(able.detected).toBe(detected);
  expect(able.facts.capabilities).toEqual({ $unreadable: 'dns could not be tested: no answer' });
  const all = {
    ...cluster,
    detect: () => Promise.resolve({ has: ['ipv4'], untested: new Map<string, string>() }),
  };
  expect((await withCapabilities(['dns'], all, lock, never)).facts.capabilities).toEqual(['ipv4']);
});

it('tests them while no other run has the cluster to itself, as that run would see the pod of the trial', async () => {
  const calls: string[] = [];
  const cluster = {
    ...fakeCluster(),
    lock: ({ mode }: LockRequest) => {
      calls.push(`lock ${mode}`);
      return Promise.resolve({
        ground: firmGround,
        [Symbol.asyncDispose]: () => Promise.resolve(void calls.push('release')),
      });
    },
    detect: () => {
      calls.push('detect');
      return Promise.resolve({ has: ['veth'], untested: new Map<string, string>() });
    },
  };
  await withCapabilities(['veth'], cluster, lock, never);
  expect(calls).toEqual(['lock shared', 'detect', 'release']);
});
