import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { World } from '../../../domain/cluster.js';
import type { PodRecord } from '../../../domain/pod-record.js';
import { leftSince, takeInventory, type Inventory } from '../../../e2e/inventory.js';
import { connectCri } from '../cri/cri-client.js';
import { pathOnNode } from '../node/boot.js';
import { nodePaths } from '../node/containerd-config.js';
import { podOf } from './test-manifest.js';
import { bootTestNode, type TestNode } from './test-node.js';

const never = new AbortController().signal;
const forever = 'command: [sleep, "10000"]';

let before: Inventory;
let node: TestNode;
beforeAll(async () => {
  before = await takeInventory();
  node = await bootTestNode();
}, 60_000);
afterEach(async () => {
  expect(await node.left()).toBe('');
});
afterAll(async () => {
  await node[Symbol.asyncDispose]();
  expect(await leftSince(before)).toEqual([]);
});

const podIn = async (world: World, name: string): Promise<PodRecord> => {
  const pod = (await world.pods(never)).find((one) => one.name === name);
  if (pod === undefined) throw new Error(`no pod ${name}`);
  return pod;
};

const inodeOf = (path: string) => node.out('stat', '-Lc', '%i', path);

/** Waits as a `wait` step does. */
const until = async (world: World, name: string, is: (pod: PodRecord) => boolean): Promise<PodRecord> => {
  for (;;) {
    const change = world.changed(20_000, never);
    const pod = await podIn(world, name);
    if (is(pod)) return pod;
    await change;
  }
};

const kill = (pid: number | undefined) => node.out('kill', '-KILL', String(pid));

const sh = async (world: World, pod: string, container: string, line: string): Promise<string> => {
  const command = { argv: ['sh', '-c', line], timeoutMs: 10_000 };
  return (await world.exec({ pod, container }, command, never)).stdout;
};

describe('openWorld', () => {
  it('runs the containers of a pod in one netns that its pause process is in, and other pods in others', async () => {
    await using world = await node.open('together');
    await world.apply(
      [
        podOf('one', `{containers: [{name: p1, image: busybox, ${forever}}, {name: p2, image: nginx}]}`),
        podOf('two', `{containers: [{name: p1, image: busybox, ${forever}}]}`),
      ],
      never,
    );
    const [one, two] = await world.pods(never);
    if (one === undefined || two === undefined) throw new Error('two pods were applied');
    expect([one.name, two.name]).toEqual(['one', 'two']);
    expect(one).toMatchObject({
      namespace: 'together',
      node: 'node-1',
      phase: 'Running',
      hostNetwork: false,
      sandbox: { ready: true, image: 'netclaims.dev/pause:1' },
      containers: [
        { name: 'p1', image: 'busybox', restarts: 0, state: 'running' },
        { name: 'p2', image: 'nginx', restarts: 0, state: 'running' },
      ],
      cni: { network: 'bridge' },
    });
    const pids = [one.sandbox.pid, ...one.containers.map(({ pid }) => pid)];
    const inodes = await Promise.all(pids.map((pid) => inodeOf(`/proc/${pid}/ns/net`)));
    expect(new Set([...inodes, await inodeOf(one.netnsPath)]).size).toBe(1);
    expect(await inodeOf(two.netnsPath)).not.toBe(inodes[0]);
    expect(await sh(world, 'one', 'p1', 'wget -qO- http://127.0.0.1')).toContain('nginx');
    expect(await sh(world, 'two', 'p1', `wget -qO- http://${one.ips[0]}`)).toContain('nginx');
  });

  it('replaces a container that was killed and nothing else of its pod, and the second time only after a while', async () => {
    await using world = await node.open('killed');
    await world.apply([podOf('web', '{containers: [{name: nginx, image: nginx}]}')], never);
    const first = await podIn(world, 'web');
    await kill(first.containers[0]?.pid);
    const second = await until(world, 'web', ({ containers: [c] }) => c?.restarts === 1 && c.pid > 0);
    expect(second.containers[0]?.id).not.toBe(first.containers[0]?.id);
    expect(second).toMatchObject({
      uid: first.uid,
      ips: first.ips,
      netnsPath: first.netnsPath,
      sandbox: first.sandbox,
    });
    await kill(second.containers[0]?.pid);
    await until(world, 'web', ({ containers: [c] }) => c?.state === 'exited');
    await world.changed(1_000, never);
    expect(await podIn(world, 'web')).toMatchObject({
      phase: 'Running',
      containers: [{ state: 'exited', pid: -1, restarts: 1 }],
    });
  });

  it('makes a new sandbox with new containers when the pause process was killed', async () => {
    await using world = await node.open('paused');
    await world.apply([podOf('web', '{containers: [{name: nginx, image: nginx}]}')], never);
    const first = await podIn(world, 'web');
    await kill(first.sandbox.pid);
    const second = await until(
      world,
      'web',
      ({ sandbox, containers: [c] }) =>
        sandbox.ready && sandbox.id !== first.sandbox.id && c?.state === 'running',
    );
    // The kernel gives the inode of a namespace that is gone to the next one.
    expect(second.netnsPath).not.toBe(first.netnsPath);
    expect(second).toMatchObject({ uid: first.uid, containers: [{ restarts: 1 }] });
    expect(await sh(world, 'web', 'nginx', `wget -qO- http://${second.ips[0]}`)).toContain('nginx');
  });

  it('restarts a container when told to: politely, at once, and as often as one likes', async () => {
    await using world = await node.open('restarted');
    const polite = `["sh", "-c", "trap 'echo bye; exit 0' TERM; while :; do sleep 0.05; done"]`;
    await world.apply([podOf('p', `{containers: [{name: c, image: busybox, command: ${polite}}]}`)], never);
    const { uid } = await podIn(world, 'p');
    for (const restarts of [1, 2, 3]) {
      await world.restart({ pod: 'p', container: 'c' }, never);
      expect(await podIn(world, 'p')).toMatchObject({ containers: [{ restarts, state: 'running' }] });
    }
    expect(await node.out('cat', `/var/log/pods/restarted_p_${uid}/c/0.log`)).toMatch(/ stdout F bye\n$/);
    await expect(world.restart({ pod: 'p', container: 'none' }, never)).rejects.toMatchObject({
      code: 'pod/not-found',
    });
  });

  it('deletes a pod, waits until it is gone, and leaves the others', async () => {
    await using world = await node.open('deleted');
    const spec = `{terminationGracePeriodSeconds: 1, containers: [{name: c, image: busybox, ${forever}}]}`;
    await world.apply([podOf('stays', spec), podOf('goes', spec)], never);
    const goes = await podIn(world, 'goes');
    await world.delete({ kind: 'Pod', name: 'goes' }, never);
    expect((await world.pods(never)).map(({ name }) => name)).toEqual(['stays']);
    expect(await node.out('ls', '/run/netns')).not.toContain(goes.netnsPath.split('/').at(-1));
    await expect(world.delete({ kind: 'Pod', name: 'goes' }, never)).rejects.toMatchObject({
      code: 'pod/not-found',
    });
    await expect(world.delete({ kind: 'Service', name: 'stays' }, never)).rejects.toMatchObject({
      code: 'pod/not-found',
    });
    await world.apply([podOf('goes', spec)], never);
    expect((await podIn(world, 'goes')).uid).not.toBe(goes.uid);
  });

  it('removes what an earlier world of the same name left', async () => {
    const connection = connectCri(pathOnNode(node.initPid, nodePaths.socket));
    const crashed = await node.open('crashed', connection);
    await crashed.apply(
      [
        podOf(
          'old',
          `{volumes: [{name: v, emptyDir: {medium: Memory}}], containers: [{name: c, image: busybox, ${forever}, volumeMounts: [{name: v, mountPath: /v}]}]}`,
        ),
      ],
      never,
    );
    connection[Symbol.dispose]();
    await expect(crashed.pods(never)).rejects.toMatchObject({ code: 'cluster/cri-lost' });
    await expect(crashed[Symbol.asyncDispose]()).rejects.toMatchObject({ code: 'cluster/cri-lost' });
    await using other = await node.open('other');
    await other.apply([podOf('kept', `{containers: [{name: c, image: busybox, ${forever}}]}`)], never);
    await using world = await node.open('crashed');
    expect(await world.pods(never)).toEqual([]);
    expect((await node.out('ls', '/run/netns')).trim().split('\n')).toHaveLength(1);
    expect(await podIn(other, 'kept')).toMatchObject({ phase: 'Running' });
  });

  it('is disposed of in the middle of an apply, and twice', async () => {
    const world = await node.open('aborted');
    const controller = new AbortController();
    const pods = ['a', 'b', 'c'].map((name) => podOf(name, `{containers: [{name: c, image: nginx}]}`));
    const applying = world.apply(pods, controller.signal).catch((error: unknown) => error);
    await world.changed(10_000, never);
    controller.abort(new Error('enough'));
    expect(await applying).toMatchObject({ code: 'pod/not-ready', cause: { message: 'enough' } });
    await Promise.all([world[Symbol.asyncDispose](), world[Symbol.asyncDispose]()]);
    await world[Symbol.asyncDispose]();
  });
});
