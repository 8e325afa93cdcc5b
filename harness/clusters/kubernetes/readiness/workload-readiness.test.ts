import { expect, it } from '@jest/globals';
import { serviceReadiness, workloadReadiness } from './workload-readiness.js';

const object = (status: object, spec: object = { replicas: 2 }) => ({
  metadata: { generation: 2 },
  spec: { ...spec },
  status: { observedGeneration: 2, ...status },
});

it.each([
  ['Deployment', { replicas: 2, updatedReplicas: 2, availableReplicas: 2 }],
  ['ReplicaSet', { availableReplicas: 2 }],
  ['StatefulSet', { updatedReplicas: 2, readyReplicas: 2 }],
  ['DaemonSet', { desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 3 }],
  ['Job', { conditions: [{ type: 'Complete', status: 'True' }] }],
] as const)('calls a %s ready that has all it is to have', (kind, status) => {
  expect(workloadReadiness(kind, object(status))).toEqual({ is: 'ready' });
});

it.each([
  ['Deployment', { replicas: 2, updatedReplicas: 2, availableReplicas: 1 }, '1 of 2 pods are available'],
  [
    'Deployment',
    { replicas: 2, updatedReplicas: 1, availableReplicas: 2 },
    '1 of 2 pods are brought up to date',
  ],
  [
    'Deployment',
    { replicas: 3, updatedReplicas: 2, availableReplicas: 3 },
    '1 of 2 pods are alone, without pods of an older specification',
  ],
  [
    'Deployment',
    { observedGeneration: 1, replicas: 2, updatedReplicas: 2, availableReplicas: 2 },
    'its controller has not looked at it yet',
  ],
  ['StatefulSet', { updatedReplicas: 2, readyReplicas: 1 }, '1 of 2 pods are ready'],
  ['DaemonSet', { desiredNumberScheduled: 0 }, 'it is to run on no node'],
  ['Job', { active: 1 }, '1 of its pods run, 0 have succeeded'],
] as const)('waits for a %s that has not', (kind, status, says) => {
  expect(workloadReadiness(kind, object(status))).toEqual({ is: 'pending', says });
});

it('gives up on a Job that has failed', () => {
  const conditions = [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' }];
  expect(workloadReadiness('Job', object({ conditions }))).toMatchObject({
    is: 'hopeless',
    failure: { says: 'failed: BackoffLimitExceeded' },
  });
});

const pod = (name: string, ip: string, ready: boolean) => ({
  metadata: { name, labels: { app: 'web' } },
  status: {
    phase: 'Running',
    podIPs: [{ ip }],
    conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
  },
});
const service = { spec: { selector: { app: 'web' } } };
const endpoints = (...ips: readonly string[]) => ({ subsets: [{ addresses: ips.map((ip) => ({ ip })) }] });

it('waits until a Service leads to all its ready pods, and for none that is not', () => {
  const pods = [pod('a', '10.0.0.1', true), pod('b', '10.0.0.2', true), pod('c', '10.0.0.3', false)];
  expect(serviceReadiness(service, endpoints('10.0.0.1', '10.0.0.2'), pods)).toEqual({ is: 'ready' });
  expect(serviceReadiness(service, endpoints('10.0.0.1'), pods)).toEqual({
    is: 'pending',
    says: 'it does not lead to b yet',
  });
  expect(serviceReadiness(service, undefined, pods).is).toBe('pending');
});

it('calls a Service ready that selects nothing', () => {
  expect(
    serviceReadiness({ spec: { selector: { app: 'other' } } }, undefined, [pod('a', '10.0.0.1', true)]).is,
  ).toBe('ready');
});
