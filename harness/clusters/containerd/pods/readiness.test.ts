import { expect, it } from '@jest/globals';
import { NetclaimsError } from '../../../domain/error.js';
import { readPod } from './pod-manifest.js';
import { newPodState, type ContainerState, type PodState } from './pod-state.js';
import { readinessOf } from './readiness.js';
import { podOf } from './test-manifest.js';

const pod = (restartPolicy = 'Always', more = '') =>
  readPod(podOf('p', `{restartPolicy: ${restartPolicy}, containers: [{name: c, image: i ${more}}]}`));
const withProbe = pod('Always', ', readinessProbe: {tcpSocket: {port: 80}}');

const stateOf = (process: ContainerState['process'], more: Partial<ContainerState> = {}): PodState => {
  const state = newPodState();
  state.containers.set('c', {
    id: 'c0',
    sandboxId: 's',
    attempt: 0,
    backOff: undefined,
    fastExits: 0,
    process,
    readyProbed: false,
    unreadyBecause: '',
    ...more,
  });
  return state;
};
const running = { state: 'running', pid: 7, sinceMs: 1_000 } as const;
const exited = (exitCode: number, ranMs: number | undefined = 5, startError?: Error) =>
  ({ state: 'exited', exitCode, atMs: 0, ranMs, startError }) as const;
const hopeless = { is: 'hopeless', container: 'c', error: undefined };
const pending = { is: 'pending', untilMs: Number.POSITIVE_INFINITY };

it('waits a moment for a container that has only just begun, and longer for one that fell before', () => {
  expect(readinessOf(pod(), newPodState(), 1_000)).toEqual(pending);
  expect(readinessOf(pod(), stateOf(running), 1_000)).toEqual({ is: 'pending', untilMs: 1_100 });
  expect(readinessOf(pod(), stateOf(running), 1_100)).toEqual({ is: 'ready' });
  expect(readinessOf(pod(), stateOf(running, { fastExits: 1 }), 1_100)).toEqual({
    is: 'pending',
    untilMs: 2_000,
  });
});

it('believes a readiness probe and nothing else where there is one', () => {
  expect(readinessOf(withProbe, stateOf(running), 9_000)).toEqual(pending);
  expect(readinessOf(withProbe, stateOf(running, { readyProbed: true }), 1_000)).toEqual({ is: 'ready' });
});

it('takes an end with 0 for success where a container may end', () => {
  expect(readinessOf(pod('Never'), stateOf(exited(0)), 0)).toEqual({ is: 'ready' });
  expect(readinessOf(pod('OnFailure'), stateOf(exited(0)), 0)).toEqual({ is: 'ready' });
  expect(readinessOf(pod('Always'), stateOf(exited(0)), 0)).toEqual(pending);
});

it('gives up on what failed and is not tried again, on what cannot start, and on what ended at once twice', () => {
  expect(readinessOf(pod('Never'), stateOf(exited(1)), 0)).toEqual(hopeless);
  expect(readinessOf(pod(), stateOf(exited(128, undefined, new Error('no such file'))), 0)).toEqual(hopeless);
  expect(readinessOf(pod(), stateOf(exited(1)), 0)).toEqual(pending);
  expect(readinessOf(pod(), stateOf(exited(1), { fastExits: 1 }), 0)).toEqual(hopeless);
  expect(readinessOf(pod(), stateOf(exited(0), { fastExits: 1 }), 0)).toEqual(hopeless);
  expect(readinessOf(pod(), stateOf(exited(1, 10_000), { fastExits: 1 }), 0)).toEqual(pending);
});

it('gives up on a pod for which something could not be done', () => {
  const state = stateOf(running);
  state.trouble = new Error('no addresses left');
  expect(readinessOf(pod(), state, 9_000)).toEqual({
    is: 'hopeless',
    container: undefined,
    error: state.trouble,
  });
});

it('waits for a second attempt at what containerd refused', () => {
  const state = newPodState();
  state.trouble = new NetclaimsError({ code: 'pod/cri-refused', what: 'the plugin portmap failed' });
  state.failures = 1;
  expect(readinessOf(pod(), state, 9_000)).toEqual(pending);
  state.failures = 2;
  expect(readinessOf(pod(), state, 9_000)).toMatchObject({ is: 'hopeless', error: state.trouble });
});
