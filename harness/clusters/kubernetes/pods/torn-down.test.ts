import { describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Node } from '../../../domain/cluster.js';
import { runCommand } from '../../command.js';
import type { PodObject } from '../objects/kube-types.js';
import type { RuntimeContainer, SandboxRecord } from '../runtime/runtime-record.js';
import { tornDown } from './torn-down.js';

const never = new AbortController().signal;
const deletionTimestamp = '2026-11-25T12:00:00Z';
const pod = (uid: string, more: object = { deletionTimestamp }, nodeName?: string): PodObject => ({
  metadata: { name: uid, uid, ...more },
  spec: { ...(nodeName === '' ? {} : { nodeName: nodeName ?? 'worker' }) },
});
const sandbox = (podUid: string, more: Partial<SandboxRecord> = {}): SandboxRecord => ({
  id: `s-${podUid}`,
  podUid,
  attempt: 0,
  ready: false,
  pid: -1,
  image: 'pause',
  netnsPath: `/var/run/netns/${podUid}`,
  cniResult: null,
  ...more,
});
const container = (podUid: string, state: RuntimeContainer['state']): RuntimeContainer => ({
  id: `c-${podUid}`,
  podUid,
  name: 'c',
  attempt: 0,
  state,
  pid: state === 'running' ? 7 : -1,
});

const nodeWith = (left: (argv: readonly string[]) => readonly string[]): Node => ({
  name: 'worker',
  exec: ({ argv }) =>
    Promise.resolve({
      exitCode: 0,
      stdout: left(argv)
        .map((path) => `${path}\n`)
        .join(''),
      stderr: '',
    }),
  replay: () => '',
});

/** Which of the pods count, on a node with these records and files. */
const ended = async (
  pods: readonly PodObject[],
  sandboxes: readonly SandboxRecord[],
  containers: readonly RuntimeContainer[] = [],
  there: readonly string[] = [],
): Promise<readonly (string | undefined)[]> => {
  const node = nodeWith((argv) => argv.filter((word) => there.includes(word)));
  const runtime = () =>
    Promise.resolve({ sandboxes, containers, network: { name: '', plugins: [] as readonly string[] } });
  const gone = await tornDown(pods, 'ns', { nodes: [node], runtime }, never);
  return gone.map(({ metadata }) => metadata?.uid);
};

describe('tornDown', () => {
  it('counts what has neither a process nor a network namespace, if it is being deleted', async () => {
    expect(await ended([pod('a'), pod('b', {})], [sandbox('a'), sandbox('b')])).toEqual(['a']);
  });

  it('does not count what has a namespace, a pause process or a container left', async () => {
    const [a, b, c] = [sandbox('a'), sandbox('b', { ready: true, pid: 5 }), sandbox('c')];
    const pods = [pod('a'), pod('b'), pod('c')];
    const there = [a.netnsPath, '/proc/5', '/proc/7'];
    expect(await ended(pods, [a, b, c], [container('c', 'running')], there)).toEqual([]);
    for (const gone of there) {
      const rest = there.filter((path) => path !== gone);
      expect(await ended(pods, [a, b, c], [container('c', 'running')], rest)).toHaveLength(1);
    }
  });

  it('does not count what runs, if it is not told with which process', async () => {
    const running = sandbox('a', { ready: true, netnsPath: '' });
    expect(await ended([pod('a')], [running], [], ['/proc'])).toEqual([]);
  });

  it("counts a pod on the node's own network, whose sandbox has no namespace to go", async () => {
    const [a, b] = [sandbox('a', { netnsPath: '' }), sandbox('b')];
    expect(await ended([pod('a')], [a], [container('a', 'exited')])).toEqual(['a']);
    expect(await ended([pod('a'), pod('b')], [a, b], [], [b.netnsPath])).toEqual(['a']);
  });

  it('waits on the node until what is left is gone, and asks about nothing of other pods', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'torn-down-'));
    const [going, others] = [join(folder, 'going'), join(folder, 'others')];
    await Promise.all([going, others].map((path) => writeFile(path, '')));
    const node: Node = {
      name: 'worker',
      exec: (command, signal) => runCommand(command.argv, command, signal),
      replay: () => '',
    };
    const sandboxes = [sandbox('a', { netnsPath: going }), sandbox('b', { netnsPath: others })];
    const runtime = () => Promise.resolve({ sandboxes, containers: [], network: { name: '', plugins: [] } });
    try {
      const gone = tornDown([pod('a'), pod('b', {})], 'ns', { nodes: [node], runtime }, never);
      setTimeout(() => void rm(going), 300);
      expect((await gone).map(({ metadata }) => metadata?.uid)).toEqual(['a']);
      const left = await tornDown([pod('b')], 'ns', { nodes: [node], runtime }, never);
      expect(left).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('counts what never came to a node, and nothing of a node that cannot be asked', async () => {
    const silent: Node = {
      name: 'worker',
      exec: () => Promise.reject(new Error('gone')),
      replay: () => '',
    };
    const runtime = () => Promise.reject(new Error('gone'));
    const pods = [pod('a'), pod('b', { deletionTimestamp }, '')];
    const gone = await tornDown(pods, 'ns', { nodes: [silent], runtime }, never);
    expect(gone.map(({ metadata }) => metadata?.uid)).toEqual(['b']);
  });
});
