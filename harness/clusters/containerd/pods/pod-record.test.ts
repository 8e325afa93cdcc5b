import { expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { criError } from '../cri/cri-error.js';
import { readPod } from './pod-manifest.js';
import { podRecord } from './pod-record.js';
import { newPodState, type PodState, type SandboxState } from './pod-state.js';
import { podOf } from './test-manifest.js';

const node = { name: 'node-1', ips: ['192.0.2.1'], cgroupParent: '/x' };
const identity = (spec: string) => ({ pod: readPod(podOf('web', spec)), namespace: 'ns', uid: 'u', node });
const plain = identity(
  '{initContainers: [{name: i, image: busybox}], containers: [{name: b, image: nginx}, {name: a, image: busybox}]}',
);
const onHost = identity('{hostNetwork: true, containers: [{name: a, image: busybox}]}');

const stateOf = (phase: SandboxState['phase']): PodState => {
  const state = newPodState();
  const status = {
    id: 's',
    metadata: { name: 'web', uid: 'u', namespace: 'ns', attempt: 0 },
    ready: true,
    ips: ['10.0.0.2'],
    pid: 86,
    netnsPath: '/run/netns/x',
    image: 'pause:1',
    cniResult: { Interfaces: {} },
  };
  // A record shows nothing of what was asked for.
  state.sandbox = { id: 's', attempt: 0, phase, ending: false, status, config: {} as SandboxState['config'] };
  state.containers.set('a', {
    id: 'a1',
    sandboxId: 's',
    attempt: 1,
    backOff: undefined,
    fastExits: 0,
    process: { state: 'running', pid: 9, sinceMs: 0 },
    readyProbed: false,
    unreadyBecause: '',
  });
  return state;
};

it("has the containers in the manifest's order, made or not, and no init containers", () => {
  expect(podRecord(plain, stateOf('ready'), 'bridge')).toEqual({
    name: 'web',
    namespace: 'ns',
    uid: 'u',
    node: 'node-1',
    phase: 'Pending',
    trouble: '',
    hostNetwork: false,
    ips: ['10.0.0.2'],
    netnsPath: '/run/netns/x',
    sandbox: { id: 's', pid: 86, image: 'pause:1', ready: true },
    containers: [
      { name: 'b', id: '', pid: -1, image: 'nginx', restarts: 0, state: 'created' },
      { name: 'a', id: 'a1', pid: 9, image: 'busybox', restarts: 1, state: 'running' },
    ],
    cni: { network: 'bridge', result: { Interfaces: {} } },
  });
});

it('keeps the netns of a dead pause process, which is still there, and nothing of a sandbox that was stopped', () => {
  expect(podRecord(plain, stateOf('dead'), 'bridge')).toMatchObject({
    ips: ['10.0.0.2'],
    netnsPath: '/run/netns/x',
    sandbox: { pid: -1, ready: false },
  });
  expect(podRecord(plain, stateOf('stopped'), 'bridge')).toMatchObject({
    ips: [],
    netnsPath: '',
    sandbox: { pid: -1, ready: false },
    cni: { network: 'bridge', result: null },
  });
});

it("names the node's netns by the pause process that is in it", () => {
  expect(podRecord(onHost, stateOf('ready'), 'bridge')).toMatchObject({
    hostNetwork: true,
    ips: ['192.0.2.1'],
    netnsPath: '/proc/86/ns/net',
    cni: { network: '', result: null },
  });
  expect(podRecord(onHost, stateOf('dead'), 'bridge')).toMatchObject({ netnsPath: '' });
});

it('has in short what keeps it from running: the error of its loop, else that of a container that did not start', () => {
  const refused = (method: string, details: string) =>
    criError(method, { code: status.UNKNOWN, details }, 'pod');
  const state = stateOf('ready');
  const process = { state: 'exited', exitCode: 128, atMs: 0, ranMs: undefined } as const;
  state.containers.set('b', {
    ...{ id: '', sandboxId: 's', attempt: 0, backOff: undefined, fastExits: 0 },
    ...{ readyProbed: false, unreadyBecause: '' },
    process: { ...process, startError: refused('StartContainer', 'exec: no such file') },
  });
  expect(podRecord(plain, state, 'bridge').trouble).toBe('exec: no such file');
  const id = 'a1'.repeat(32);
  state.trouble = refused(
    'RunPodSandbox',
    `failed to setup network for sandbox "${id}": plugin type="x" failed (add): y`,
  );
  expect(podRecord(plain, state, 'bridge').trouble).toBe(
    'failed to setup network for sandbox: plugin type="x" failed (add): y',
  );
  state.trouble = new Error('plain');
  expect(podRecord(plain, state, 'bridge').trouble).toBe('plain');
});
