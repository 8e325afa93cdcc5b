import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Cluster, World } from '../../domain/cluster.js';
import { NetclaimsError } from '../../domain/error.js';
import { leftSince, takeInventory, type Inventory } from '../../e2e/inventory.js';
import { machine } from '../../e2e/machine.js';
import { startCli } from '../../e2e/run-cli.js';
import { namedClusters } from '../named-clusters.js';
import { createCluster } from './create-cluster.js';
import { podOf } from './pods/test-manifest.js';

const never = new AbortController().signal;
const minutes = (count: number) => count * 60_000;

const boot = (cni: string, nodes: number, ipFamily: 'ipv4' | 'dual' = 'ipv4'): Promise<Cluster> =>
  createCluster(
    {
      ...{ cni, nodes, ipFamily, cniBinDir: undefined, load: [], name: undefined, life: 'held' },
      progress: () => undefined,
    },
    machine,
    namedClusters(machine.stateDir),
    never,
  );

const idleOn = (name: string, node: string) =>
  podOf(
    name,
    `{nodeName: ${node}, terminationGracePeriodSeconds: 0, containers: [{name: c, image: busybox, command: [sleep, "10000"]}]}`,
  );

let before: Inventory;
beforeEach(async () => {
  await startCli('facts', '--cluster', 'containerd').ended;
  before = await takeInventory();
});
afterEach(async () => {
  expect(await leftSince(before)).toEqual([]);
});

/** One packet from a pod to an address: whether an answer came. */
const ping = async (world: World, pod: string, address: string): Promise<boolean> => {
  const argv = ['ping', '-c', '1', '-W', '2', address];
  const { exitCode } = await world.exec({ pod, container: 'c' }, { argv, timeoutMs: 10_000 }, never);
  return exitCode === 0;
};

/** The same, once the addresses of the links on the way are no longer tentative (RFC 4862, section 5.4), which takes a second or two. */
const reaches = async (world: World, pod: string, address: string): Promise<boolean> => {
  for (let attempt = 1; attempt <= 5; attempt += 1) if (await ping(world, pod, address)) return true;
  return false;
};

describe('a cluster of several nodes', () => {
  it.each([
    ['bridge', 'ipv4'],
    ['ptp', 'dual'],
    ['macvlan', 'ipv4'],
  ] as const)(
    'joins the pods of all of them (%s, %s), and changes nothing on the machine',
    async (cni, family) => {
      await using cluster = await boot(cni, 3, family);
      expect(cluster.nodes.map(({ name }) => name)).toEqual(['node-1', 'node-2', 'node-3']);
      const { links } = await takeInventory();
      expect(links).toEqual(before.links);
      await using world = await cluster.openWorld('across');
      await world.apply([idleOn('one', 'node-1'), idleOn('three', 'node-3')], never);
      const [one, three] = await world.pods(never);
      expect([one?.node, three?.node]).toEqual(['node-1', 'node-3']);
      expect(one?.ips.length).toBe(family === 'dual' ? 2 : 1);
      for (const address of three?.ips ?? []) expect(await reaches(world, 'one', address)).toBe(true);
      for (const address of one?.ips ?? []) expect(await reaches(world, 'three', address)).toBe(true);
      // Near misses: an address of the other node's that no pod has, and the pod once its node's way is cut.
      expect(await ping(world, 'one', '10.244.2.99')).toBe(false);
      const [, , third] = cluster.nodes;
      const cut = { argv: ['ip', 'link', 'set', 'eth0', 'down'], timeoutMs: 5_000 };
      expect(await third?.exec(cut, never)).toMatchObject({ exitCode: 0 });
      expect(await ping(world, 'one', three?.ips[0] ?? '')).toBe(false);
    },
    minutes(1),
  );

  it(
    'starts no pod when one of them has no node',
    async () => {
      await using cluster = await boot('bridge', 2);
      await using world = await cluster.openWorld('refused');
      const refused = await world
        .apply([idleOn('good', 'node-1'), idleOn('lost', 'node-7')], never)
        .catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(NetclaimsError);
      expect(refused).toMatchObject({ code: 'pod/no-node', evidence: expect.arrayContaining([]) });
      expect(await world.pods(never)).toEqual([]);
    },
    minutes(1),
  );

  it('is refused where there is no room for its addresses', async () => {
    await expect(boot('bridge', 201)).rejects.toMatchObject({ code: 'usage/nodes' });
  });

  it(
    'goes with the harness when that is killed',
    async () => {
      const run = startCli(
        'verify',
        'scenarios/shared-namespace.yaml',
        '--cluster',
        'containerd',
        '--nodes',
        '3',
      );
      const nodes = async () =>
        (await takeInventory()).processes.filter(
          (line) => !before.processes.includes(line) && / sh \S*(init|underlay)\.sh/.test(line),
        );
      while ((await nodes()).length < 4) await new Promise((resolve) => setTimeout(resolve, 20));
      run.process.kill('SIGKILL');
      await run.ended;
      // An empty cgroup may be left, which the next run removes.
      await startCli('facts', '--cluster', 'containerd').ended;
    },
    minutes(1),
  );

  it(
    'is kept, listed and removed with all its nodes',
    async () => {
      const name = 'e2e-nodes';
      const up = await startCli('cluster', 'up', '--cluster', 'containerd', '--nodes', '2', '--name', name)
        .ended;
      try {
        expect(up).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('node-1, node-2') });
        const list = await startCli('cluster', 'list').ended;
        expect(list.stdout).toMatch(new RegExp(`^${name} +containerd +bridge +node-1,node-2 `, 'm'));
        const facts = await startCli('facts', '--cluster-name', name, '--output', 'json').ended;
        expect(Object.keys((JSON.parse(facts.stdout) as { nodes: object }).nodes)).toEqual([
          'node-1',
          'node-2',
        ]);
      } finally {
        expect(await startCli('cluster', 'down', name).ended).toMatchObject({ exitCode: 0 });
      }
    },
    minutes(1),
  );
});
