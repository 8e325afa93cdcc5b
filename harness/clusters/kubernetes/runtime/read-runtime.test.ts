import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import type { Json } from '../../../domain/fact-types.js';
import { parseRuntime } from './read-runtime.js';

const mark = 'MARK-OF-THE-FRAMES';
const recording = readFileSync(
  'harness/clusters/kubernetes/runtime/fixtures/ctr-1.6.20/running-and-ended.txt',
  'utf8',
);

it("reads a pod's sandbox and containers from containerd's own records", () => {
  const { sandboxes, containers, network } = parseRuntime(recording, mark);
  expect(network).toEqual({ name: 'node-network', plugins: ['ptp', 'portmap'] });
  const [sandbox] = sandboxes;
  expect(sandboxes).toHaveLength(1);
  expect(sandbox).toMatchObject({ attempt: 0, ready: true, image: 'k8s.gcr.io/pause:3.2' });
  expect(sandbox?.pid).toBeGreaterThan(1);
  expect(sandbox?.netnsPath).toMatch(/^\/var\/run\/netns\/cni-/);
  expect(sandbox?.cniResult).toHaveProperty('Interfaces.eth0');
  const states = containers.map(({ name, state, attempt, podUid }) => ({ name, state, attempt, podUid }));
  const podUid = sandbox?.podUid;
  expect(states.sort((one, other) => (one.name < other.name ? -1 : 1))).toEqual([
    { name: 'ends', state: 'exited', attempt: 0, podUid },
    { name: 'runs', state: 'running', attempt: 0, podUid },
  ]);
  expect(containers.find(({ name }) => name === 'ends')?.pid).toBe(-1);
  expect(containers.find(({ name }) => name === 'runs')?.pid).toBeGreaterThan(1);
});

it('remembers records, which need not come a second time', () => {
  const known = new Map<string, Json>();
  const first = parseRuntime(recording, mark, known);
  expect(known.size).toBe(3);
  const records = /(?<=ctr-containers:)[^]*(?=MARK-OF-THE-FRAMESctr-tasks)/;
  expect(parseRuntime(recording.replace(records, ''), mark, known)).toEqual(first);
  expect(() => parseRuntime(recording.replace(records, ''), mark)).toThrow(
    /the record of container .* is missing/,
  );
});

it('refuses output that is empty, or cut off anywhere', () => {
  expect(() => parseRuntime('', mark)).toThrow();
  for (let length = recording.length - 1; length > 0; length -= 997) {
    expect(() => parseRuntime(recording.slice(0, length), mark)).toThrow();
  }
});
