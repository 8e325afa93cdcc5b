import { expect, it } from '@jest/globals';
import { readCrictlContainers, readCrictlSandboxes } from './read-crictl.js';

const sandbox = (change: object = {}) => ({
  status: {
    id: 's1',
    metadata: { attempt: 1, name: 'p', namespace: 'n', uid: 'u1' },
    state: 'SANDBOX_READY',
  },
  info: {
    pid: 42,
    image: 'registry.k8s.io/pause:3.9',
    runtimeSpec: {
      linux: { namespaces: [{ type: 'pid' }, { type: 'network', path: '/var/run/netns/cni-1' }] },
    },
    cniResult: { Interfaces: {} },
    ...change,
  },
});
const text = (...objects: readonly object[]) =>
  objects.map((each) => JSON.stringify(each, undefined, 2)).join('\n');

it.each([
  ['one after the other', text(sandbox(), sandbox({ pid: 43 }))],
  ['in a list', text([sandbox(), sandbox({ pid: 43 })])],
])('reads several sandboxes %s', (_, printed) => {
  expect(readCrictlSandboxes(printed)).toMatchObject([
    {
      id: 's1',
      podUid: 'u1',
      attempt: 1,
      ready: true,
      pid: 42,
      image: 'registry.k8s.io/pause:3.9',
      netnsPath: '/var/run/netns/cni-1',
      cniResult: { Interfaces: {} },
    },
    { pid: 43 },
  ]);
});

it('names no netns that is closed', () => {
  expect(readCrictlSandboxes(text(sandbox({ netNSClosed: true })))[0]?.netnsPath).toBe('');
});

it('gives no pid of a container that has ended', () => {
  const container = (state: string) => ({
    status: {
      id: 'c1',
      metadata: { attempt: 2, name: 'web' },
      state,
      labels: { 'io.kubernetes.pod.uid': 'u1' },
    },
    info: { pid: 77 },
  });
  expect(readCrictlContainers(text(container('CONTAINER_RUNNING'), container('CONTAINER_EXITED')))).toEqual([
    { id: 'c1', podUid: 'u1', name: 'web', attempt: 2, state: 'running', pid: 77 },
    { id: 'c1', podUid: 'u1', name: 'web', attempt: 2, state: 'exited', pid: -1 },
  ]);
});

it('reads nothing where there is nothing, and refuses half an object', () => {
  expect(readCrictlSandboxes('')).toEqual([]);
  expect(() => readCrictlSandboxes(text(sandbox()).slice(0, -3))).toThrow(SyntaxError);
  expect(() => readCrictlSandboxes('{}')).toThrow('no `status`');
});
