import { expect, it } from '@jest/globals';
import type { FailureCode } from '../../../domain/failure-codes.js';
import { NetclaimsError } from '../../../domain/error.js';
import { hopelessError, notReady } from './explain-pod.js';
import { readPod } from './pod-manifest.js';
import { newPodState, type ContainerState } from './pod-state.js';
import { podOf } from './test-manifest.js';

const manifest = podOf(
  'web',
  '{initContainers: [{name: i, image: x}], containers: [{name: a, image: x}, {name: b, image: x}]}',
);
const identity = {
  pod: readPod(manifest),
  namespace: 'ns',
  uid: 'u',
  node: { name: 'node-1', ips: [], cgroupParent: '/x' },
};
const podWith = (name: string, process: ContainerState['process'], more: Partial<ContainerState> = {}) => {
  const state = newPodState();
  state.containers.set(name, {
    id: 'x',
    sandboxId: 's',
    attempt: 0,
    backOff: undefined,
    fastExits: 0,
    process,
    readyProbed: false,
    unreadyBecause: '',
    ...more,
  });
  return { identity, state };
};
const logOf = (container: string, attempt: number) =>
  Promise.resolve([`${container} said this at its attempt ${attempt}`]);
const blame = (container: string) => ({ container, error: undefined });
const exited = { state: 'exited', exitCode: 137, atMs: 0, ranMs: 1_500, startError: undefined } as const;

it('names place, container, signal and times of an end, with the last words', async () => {
  expect(await hopelessError(podWith('b', exited, { attempt: 2 }), blame('b'), logOf)).toMatchObject({
    code: 'pod/exited',
    message:
      'pods.yaml:4:1 pod web, container b ended with code 137 (SIGKILL), 1.5 s after its start; it had been restarted 2 times',
    evidence: ['b | b said this at its attempt 2', 'restartPolicy: Always'],
  });
});

it('says of a container that was not started why, and not how long it ran', async () => {
  const startError = new NetclaimsError({
    code: 'pod/cri-refused',
    what: 'containerd failed at StartContainer',
    evidence: ['no such file'],
  });
  expect(
    await hopelessError(podWith('i', { ...exited, ranMs: undefined, startError }), blame('i'), logOf),
  ).toMatchObject({
    code: 'pod/not-started',
    message: 'pods.yaml:4:1 pod web, container i could not be started',
    evidence: ['pod/cri-refused: containerd failed at StartContainer', '  no such file'],
    cause: startError,
  });
});

it("leaves the cluster's failures as they are, and gives a pod's its place", async () => {
  const failed = (code: FailureCode) => {
    const error = new NetclaimsError({ code, what: 'it failed', evidence: ['words'] });
    return hopelessError(podWith('a', exited), { container: undefined, error }, logOf);
  };
  expect(await failed('cluster/cri-lost')).toMatchObject({ code: 'cluster/cri-lost', message: 'it failed' });
  expect(await failed('pod/image')).toMatchObject({ code: 'pod/image', message: 'it failed' });
  expect(await failed('pod/no-volume')).toMatchObject({
    code: 'pod/no-volume',
    message: 'pods.yaml:1:1 pod web: it failed',
  });
  expect(await failed('pod/cri-refused')).toMatchObject({ code: 'pod/no-sandbox', evidence: ['words'] });
});

it('shows each container as it was last seen when there is no more time', async () => {
  const running = { state: 'running', pid: 7, sinceMs: 0 } as const;
  const cause = new Error('enough');
  const pod = podWith('a', running, { unreadyBecause: 'it ended with 1: no' });
  expect(await notReady(pod, 'there was no more time', cause, logOf)).toMatchObject({
    code: 'pod/not-ready',
    message: 'pods.yaml:1:1 pod web did not get ready: there was no more time',
    evidence: [
      'pod web: Pending, sandbox not made',
      'container i: not made yet',
      'container a: running as process 7; its readiness probe did not succeed: it ended with 1: no',
      'a | a said this at its attempt 0',
      'container b: not made yet',
    ],
    cause,
  });
  const silent = () => Promise.reject(new Error('no log'));
  expect(await notReady(pod, 'x', cause, silent)).toMatchObject({ code: 'pod/not-ready' });
});
