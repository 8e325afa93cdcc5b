import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Node } from '../../../domain/cluster.js';
import { NetclaimsError } from '../../../domain/error.js';
import type { PodFileNames } from './pod-files.js';
import { endStrayShims } from './remove-strays.js';
import { sweepWorlds } from './sweep-worlds.js';

const never = new AbortController().signal;

let told: string[] = [];
const tell = (text: string) => void told.push(text);

let root: string;
beforeEach(async () => {
  told = [];
  root = await mkdtemp(join(tmpdir(), 'sweep-'));
  for (const folder of ['dead_p_u1', 'dead_q_u2', 'dead-too_r_u3', 'living_p_u4'])
    await mkdir(join(root, 'var/log/pods', folder), { recursive: true });
  await mkdir(join(root, 'proc/self'), { recursive: true });
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

interface Broken {
  /** Calls of the CRI for these sandboxes fail until the task of each is ended. */
  readonly stuck?: readonly string[];
  /** Has a container that the CRI does not know. */
  readonly lost?: readonly string[];
}

/** A node with one sandbox `of-NAMESPACE` in each namespace. */
const fakeNode = ({ stuck = [], lost = [] }: Broken = {}) => {
  const calls: string[] = [];
  const gone = new Set<string>();
  const ended = new Set<string>();
  const call = (text: string) => {
    calls.push(text);
    const fails = stuck.some((id) => text.endsWith(` ${id}`) && !ended.has(id));
    return fails ? Promise.reject(new Error(`${text}?`)) : Promise.resolve();
  };
  const listed = (namespace: string) => [`of-${namespace}`].filter((id) => !gone.has(id));
  const ctr = (verb: string, last: string): string => {
    const namespace = /=="(.*)"$/.exec(last)?.[1] ?? '';
    if (verb !== 'containers list') calls.push(`${verb} ${last}`);
    if (verb === 'tasks delete') ended.add(last);
    if (verb === 'containers delete') gone.add(last);
    const all = [...listed(namespace), ...lost.filter((id) => !gone.has(id))];
    return verb === 'containers list' ? all.map((id) => `${id}\n`).join('') : '';
  };
  const other = (argv: readonly string[]): string => {
    calls.push(argv.join(' '));
    return '';
  };
  const node: Node = {
    name: 'node-1',
    exec: ({ argv }) =>
      Promise.resolve({
        exitCode: 0,
        stdout: argv[0] === 'ctr' ? ctr(argv.slice(3, 5).join(' '), argv.at(-1) ?? '') : other(argv),
        stderr: '',
      }),
    replay: () => '',
  };
  return {
    calls: () => calls,
    tools: {
      node,
      cri: {
        listPodSandbox: (labels: Readonly<Record<string, string>>) => {
          const namespace = labels['io.kubernetes.pod.namespace'] ?? '';
          const metadata = { name: 'p', uid: 'u1', namespace, attempt: 0 };
          return Promise.resolve(listed(namespace).map((id) => ({ id, metadata, ready: true, labels })));
        },
        stopPodSandbox: (id: string) => call(`stop ${id}`),
        removePodSandbox: (id: string) => call(`remove ${id}`).then(() => void gone.add(id)),
      },
      files: {
        remove: ({ uid, logFolder }: PodFileNames) => call(`clear ${uid} ${logFolder}`),
      },
      here: (path: string) => join(root, path),
    },
  };
};

/** A call that is taken back when its signal is aborted, and else never ends. */
const hang = (signal: AbortSignal | undefined): Promise<void> =>
  new Promise((_, reject) => {
    const takeBack = () => reject(new Error('taken back'));
    if (signal?.aborted === true) takeBack();
    signal?.addEventListener('abort', takeBack);
  });

const ownersOf = (...orphans: readonly string[]) => {
  const released: string[] = [];
  return {
    released,
    inherit: () => Promise.resolve(orphans),
    release: (namespace: string) => Promise.resolve(void released.push(namespace)),
  };
};

describe('sweepWorlds', () => {
  it('removes the sandboxes of orphans, and the files of pods that had none yet', async () => {
    const { calls, tools } = fakeNode();
    const owners = ownersOf('dead');
    await sweepWorlds(owners, [tools], tell, never);
    expect(calls()).toEqual(['stop of-dead', 'remove of-dead', 'clear u1 dead_p_u1', 'clear u2 dead_q_u2']);
    expect(owners.released).toEqual(['dead']);
  });

  it('asks nothing of a node without orphans', async () => {
    const { calls, tools } = fakeNode();
    await sweepWorlds(ownersOf(), [tools], tell, never);
    expect(calls()).toEqual([]);
  });

  it('ends what the CRI says has ended, and removes what it does not know', async () => {
    const { calls, tools } = fakeNode({ stuck: ['of-dead'], lost: ['lost'] });
    const owners = ownersOf('dead');
    await sweepWorlds(owners, [tools], tell, never);
    expect(calls().filter((text) => !text.startsWith('clear'))).toEqual([
      // Each is tried five times before it counts as failed.
      'stop of-dead',
      'stop of-dead',
      'stop of-dead',
      'stop of-dead',
      'stop of-dead',
      'tasks delete of-dead',
      'tasks delete lost',
      'stop of-dead',
      'remove of-dead',
      'containers delete lost',
    ]);
    expect(owners.released).toEqual(['dead']);
  });

  it('ends shims of containers that containerd does not have, and no others', async () => {
    const process = async (pid: string, ...argv: readonly string[]) => {
      await mkdir(join(root, 'proc', pid));
      await writeFile(join(root, 'proc', pid, 'cmdline'), argv.map((one) => `${one}\0`).join(''));
    };
    const shim = '/usr/bin/containerd-shim-runc-v2';
    await process('7', shim, '-namespace', 'k8s.io', '-id', 'lost', '-address', '/run/x.sock');
    await process('8', shim, '-namespace', 'k8s.io', '-id', 'unknown', '-address', '/run/x.sock');
    await process('9', 'nginx', '-id', 'unknown');
    await process('10', shim);
    const { calls, tools } = fakeNode({ lost: ['lost'] });
    await endStrayShims(tools.node, tools.here, never);
    expect(calls()).toEqual(['kill -KILL 8']);
  });

  it('goes on after a failure, tells of it, and leaves that world to the next one', async () => {
    const { tools } = fakeNode({ stuck: ['u3'] });
    const clear = tools.files.remove;
    tools.files.remove = (names) => clear({ ...names, logFolder: names.uid });
    const owners = ownersOf('dead-too', 'dead');
    await sweepWorlds(owners, [tools], tell, never);
    expect(told).toEqual([
      expect.stringMatching(/^cluster\/cleanup: .*its worlds: dead-too, dead; .*clear u3 u3\?/),
    ]);
    expect(owners.released).toEqual(['dead']);
  });

  it('does not wait for a removal that hangs, and tells of it', async () => {
    const { tools } = fakeNode();
    tools.cri.stopPodSandbox = (_id: string, signal?: AbortSignal) => hang(signal);
    const owners = ownersOf('dead');
    await sweepWorlds(owners, [tools], tell, never, 50);
    expect(told).toEqual([expect.stringContaining('could be removed within 0.05 s')]);
    expect(owners.released).toEqual([]);
  });

  it('ends at once when the run is stopped', async () => {
    const { tools } = fakeNode();
    const stop = new AbortController();
    tools.cri.stopPodSandbox = (_id: string, signal?: AbortSignal) => {
      setTimeout(() => stop.abort(new Error('enough')), 1);
      return hang(signal);
    };
    await expect(sweepWorlds(ownersOf('dead'), [tools], tell, stop.signal)).rejects.toThrow('enough');
  });

  it('tells of a containerd that is gone as just that', async () => {
    const { tools } = fakeNode();
    tools.cri.listPodSandbox = () =>
      Promise.reject(new NetclaimsError({ code: 'cluster/cri-lost', what: 'gone' }));
    await expect(sweepWorlds(ownersOf('dead'), [tools], tell, never)).rejects.toMatchObject({
      code: 'cluster/cri-lost',
    });
  });
});
