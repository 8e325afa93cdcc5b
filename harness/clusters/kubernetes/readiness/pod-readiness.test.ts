import { expect, it } from '@jest/globals';
import type { PodObject } from '../objects/kube-types.js';
import { podReadiness } from './pod-readiness.js';

type Container = NonNullable<NonNullable<PodObject['status']>['containerStatuses']>[number];

const pod = (
  phase: string,
  container: Partial<Container> = {},
  more: {
    readonly restartPolicy?: string;
    readonly annotations?: Record<string, string>;
    readonly ready?: boolean;
  } = {},
): PodObject => ({
  metadata: { name: 'p', annotations: more.annotations ?? {} },
  spec: { restartPolicy: more.restartPolicy ?? 'Always' },
  status: {
    phase,
    conditions: [{ type: 'Ready', status: more.ready === true ? 'True' : 'False' }],
    containerStatuses: [{ name: 'c', ready: more.ready ?? false, restartCount: 0, ...container }],
  },
});
const running = { state: { running: {} } };
const ended = (exitCode: number, reason = 'Error') => ({ terminated: { exitCode, reason } });
const waiting = (reason: string, message = 'why') => ({ state: { waiting: { reason, message } } });

it.each([
  ['ready, as the server says', pod('Running', running, { ready: true })],
  ['done', pod('Succeeded', { state: ended(0) }, { restartPolicy: 'Never' })],
  [
    'not to be ready, and runs',
    pod('Running', running, { annotations: { 'netclaims.dev/await': 'running' } }),
  ],
  [
    'not waited for',
    pod('Pending', waiting('CreateContainerError'), { annotations: { 'netclaims.dev/await': 'nothing' } }),
  ],
])('is ready when it is %s', (_, object) => {
  expect(podReadiness(object)).toEqual({ is: 'ready' });
});

it.each([
  ['runs without being ready', pod('Running', running), /c is running, and its readiness probe/],
  ['is being made', pod('Pending', waiting('ContainerCreating')), /waiting: ContainerCreating/],
  [
    'ended once and is started again',
    pod('Running', { state: ended(1), restartCount: 0 }),
    /ended with code 1/,
  ],
  [
    'could not be started once, and is tried again',
    pod('Pending', { state: ended(128, 'StartError'), restartCount: 0 }),
    /ended with code 128/,
  ],
  [
    'was started at the second attempt',
    pod('Running', { ...running, lastState: ended(128, 'StartError'), restartCount: 1 }),
    /c is running/,
  ],
  [
    'is to run only, and does not yet',
    pod('Running', waiting('ContainerCreating'), { annotations: { 'netclaims.dev/await': 'running' } }),
    /waiting/,
  ],
])('is waited for when it %s', (_, object, says) => {
  expect(podReadiness(object)).toEqual({ is: 'pending', says: expect.stringMatching(says) });
});

it.each([
  [
    'ImagePullBackOff',
    pod('Pending', waiting('ImagePullBackOff')),
    'pod/image',
    'has no image: ImagePullBackOff',
  ],
  [
    'CreateContainerConfigError',
    pod('Pending', waiting('CreateContainerConfigError')),
    'pod/not-started',
    'could not be started: CreateContainerConfigError',
  ],
  [
    'a command that is not there',
    pod('Running', { ...waiting('CrashLoopBackOff'), lastState: ended(128, 'StartError') }),
    'pod/not-started',
    'could not be started: StartError',
  ],
  [
    'a start that failed twice',
    pod('Pending', { state: ended(128, 'StartError'), restartCount: 1 }),
    'pod/not-started',
    'could not be started: StartError',
  ],
  [
    'one that ends again and again',
    pod('Running', { ...waiting('CrashLoopBackOff'), lastState: ended(1), restartCount: 2 }),
    'pod/exited',
    'ended with code 1; it had been restarted 2 times',
  ],
  [
    'one that is never started again',
    pod('Failed', { state: ended(137) }, { restartPolicy: 'Never' }),
    'pod/exited',
    'ended with code 137 (SIGKILL)',
  ],
  [
    'a pod that was evicted',
    { status: { phase: 'Failed', reason: 'Evicted' } },
    'pod/failed',
    'failed: Evicted',
  ],
])('gives up on %s', (_, object, code, says) => {
  expect(podReadiness(object)).toMatchObject({ is: 'hopeless', failure: { code, says } });
});
