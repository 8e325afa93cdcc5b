import { describe, expect, it } from '@jest/globals';
import type { ApiClient } from '../../kubernetes/api/api-client.js';
import { NetclaimsError } from '../../../domain/error.js';
import { fakeEngine } from '../testing/fake-engine.js';
import { awaitNodes, statusOf, type NodeStatus, type Patience } from './await-nodes.js';
import { readNodeImage } from './node-image.js';
import { bootPhases } from './phases.js';
import { runOnNode } from './run-on-node.js';
import { checkPlugins } from './set-network.js';

const never = new AbortController().signal;

describe('bootPhases', () => {
  it('tells each part as it begins and ends, and the whole beside their sum', async () => {
    const told: string[] = [];
    let now = 0;
    const phases = bootPhases(
      (phase) => told.push(phase),
      () => now,
    );
    const after = (ms: number) => () => {
      now += ms;
      return Promise.resolve(ms);
    };
    now += 300;
    expect(await phases.measure('nodes up', after(3_000))).toBe(3_000);
    await phases.measure('kubeadm init', after(16_200));
    phases.total();
    expect(told).toEqual([
      'nodes up',
      'nodes up: 3.0 s',
      'kubeadm init',
      'kubeadm init: 16.2 s',
      'the cluster is up after 19.5 s: nodes up 3.0 s + kubeadm init 16.2 s = 19.2 s',
    ]);
  });
});

const event = (name: string, ready: string): string =>
  JSON.stringify({
    type: 'MODIFIED',
    object: {
      metadata: { name },
      status: { conditions: [{ type: 'Ready', status: ready, message: `${name} says ${ready}` }] },
    },
  });

/** An API server that sends the lines of one watch after the other, and then nothing. */
const watches = (...answers: readonly (readonly string[] | Error)[]): ApiClient => {
  const rest = [...answers];
  return {
    access: { server: '', options: () => Promise.resolve({}), [Symbol.dispose]: () => undefined },
    ask: () => Promise.reject(new Error('nothing is asked')),
    follow: (_request, onLine, signal) => {
      const next = rest.shift();
      if (next instanceof Error) return Promise.reject(next);
      for (const line of next ?? []) onLine(line);
      if (next !== undefined) return Promise.resolve();
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
      });
    },
    [Symbol.dispose]: () => undefined,
  };
};
const isReady = ({ ready }: NodeStatus) => ready;
const patience = (timeoutMs: number, says: readonly string[] = []): Patience => ({
  timeoutMs,
  explain: (late) => Promise.resolve(late.flatMap((name) => says.map((line) => `${name} ${line}`))),
});

describe('awaitNodes', () => {
  it('waits until each of the nodes is ready, over broken connections', async () => {
    const client = watches(
      [event('a', 'False'), event('b', 'True'), event('other', 'True')],
      new Error('connection refused'),
      [event('a', 'True')],
    );
    await expect(awaitNodes(client, ['a', 'b'], isReady, patience(10_000), never)).resolves.toBeUndefined();
  });

  it('says at its deadline what each node said last', async () => {
    const client = watches([event('a', 'False'), event('b', 'True')]);
    await expect(
      awaitNodes(client, ['a', 'b', 'c'], isReady, patience(300, ['logs a lot']), never),
    ).rejects.toMatchObject({
      code: 'cluster/nodes-not-ready',
      evidence: [
        ...['a: a says False', 'c: is not known to the API server', 'last error: aborted'],
        ...['a logs a lot', 'c logs a lot'],
      ],
    });
  });

  it('ends when it is told to', async () => {
    const reason = new Error('interrupted');
    const told = AbortSignal.abort(reason);
    await expect(awaitNodes(watches(), ['a'], isReady, patience(10_000), told)).rejects.toBe(reason);
  });

  it('takes an unknown state for not ready', () => {
    expect(statusOf({ metadata: { name: 'a' } })).toEqual({
      name: 'a',
      ready: false,
      message: 'its kubelet has not reported yet',
    });
    const conditions = [
      { type: 'Ready', status: 'Unknown', message: 'Kubelet stopped posting node status.' },
    ];
    expect(statusOf({ metadata: { name: 'a' }, status: { conditions } })).toEqual({
      name: 'a',
      ready: false,
      message: 'Kubelet stopped posting node status.',
    });
  });
});

const base64 = (text: string) => Buffer.from(text).toString('base64');
const answering = (stdout: string, exitCode = 0, stderr = '') =>
  runOnNode(fakeEngine({ exec: () => Promise.resolve({ exitCode, stdout, stderr }) }));

describe('readNodeImage', () => {
  const read = (lines: readonly string[]) =>
    readNodeImage({ name: 'c-control-plane' }, 'an image', answering(lines.join('\n')), never);

  it('finds the version, the manifests, the plugins, DNS, and the snapshotter', async () => {
    const containerd = 'version = 2\n  snapshotter = "fuse-overlayfs"\n';
    expect(
      await read([
        base64('v1.34.0\n'),
        base64('kind: DaemonSet'),
        '',
        base64(containerd),
        '1',
        'ptp',
        'portmap',
        '',
      ]),
    ).toEqual({
      version: { text: 'v1.34.0', minor: 34 },
      cniManifest: 'kind: DaemonSet',
      storageManifest: '',
      plugins: ['ptp', 'portmap'],
      dns: true,
      snapshotter: 'fuse-overlayfs',
    });
  });

  it('does with what a plain image has', async () => {
    expect(await read([base64('v1.20.2'), '', '', '', '0', ''])).toMatchObject({
      plugins: [],
      dns: false,
      snapshotter: 'overlayfs',
    });
  });

  it('refuses an image that is none of a node', async () => {
    await expect(read(['', '', '', '', '0', ''])).rejects.toMatchObject({ code: 'cluster/version' });
  });
});

describe('runOnNode', () => {
  it('says what failed, in the words of the node', async () => {
    await expect(
      answering('init\n', 1, 'error: no such thing\n')(
        { name: 'c-worker' },
        { purpose: 'join the cluster', argv: ['kubeadm', 'join'] },
        never,
      ),
    ).rejects.toMatchObject({
      code: 'cluster/node-step',
      message: 'node c-worker could not join the cluster',
      evidence: ['`kubeadm join` ended with 1', 'init', 'error: no such thing'],
    });
  });
});

describe('runOnNode, of a step that does not end', () => {
  it('names the step and its time, not the script', async () => {
    const late = new NetclaimsError({
      code: 'probe/timeout',
      what: '`sh …` did not end',
      evidence: ['busy'],
    });
    const run = runOnNode(fakeEngine({ exec: () => Promise.reject(late) }));
    const step = { purpose: 'join the cluster', argv: ['sh'], timeoutMs: 2_000 };
    await expect(run({ name: 'c-worker' }, step, never)).rejects.toMatchObject({
      code: 'cluster/node-step',
      message: 'node c-worker could not join the cluster within 2 s',
      evidence: ['busy'],
    });
  });
});

describe('checkPlugins', () => {
  it('names the plugins that the nodes have not', () => {
    const check = (present: readonly string[]) => () =>
      checkPlugins(
        { kind: 'reference', name: 'bridge', plugins: ['bridge', 'host-local', 'portmap'] },
        present,
        'an image',
      );
    expect(check(['bridge', 'host-local', 'portmap', 'ptp'])).not.toThrow();
    expect(check(['host-local', 'portmap'])).toThrow(
      expect.objectContaining({
        code: 'cluster/no-plugin',
        message: expect.stringContaining(': bridge') as unknown,
        remedy: expect.stringContaining('--cni-bin-dir') as unknown,
      }),
    );
  });
});
