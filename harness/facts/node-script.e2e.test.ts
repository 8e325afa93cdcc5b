import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PodRecord } from '../domain/pod-record.js';
import { noCluster } from '../domain/testing/no-cluster.js';
import { collect } from './collect.js';
import { noDad, realNode, type RealNode } from './testing/real-node.js';

const never = new AbortController().signal;
const reason = (text: string) => ({ $unreadable: expect.stringContaining(text) });

let node: RealNode;
beforeEach(async () => {
  node = await realNode();
});
afterEach(async () => {
  await node[Symbol.asyncDispose]();
});

/** A pod with a veth to the node's bridge, and a process in its netns. */
const makePod = async (name: string): Promise<PodRecord> => {
  const pid = await node.sh(`
    ip netns add ${name}
    ip netns exec ${name} ${noDad}
    ip link add v-${name} type veth peer name eth0 netns ${name}
    ip link set v-${name} master cni0 up
    ip -n ${name} address add 10.0.0.2/24 dev eth0
    ip -n ${name} link set eth0 up
    # The kernel gives links an address when it finds a carrier.
    until ip -6 address show dev v-${name} -tentative | grep --quiet fe80; do sleep 0.05; done
    until ip -6 address show dev cni0 -tentative | grep --quiet fe80; do sleep 0.05; done
    until ip -n ${name} -6 address show dev eth0 -tentative | grep --quiet fe80; do sleep 0.05; done
    nsenter --net=/run/netns/${name} sleep infinity >/dev/null 2>&1 &
    echo $!`);
  return {
    name,
    namespace: 'n',
    uid: name,
    node: 'real',
    phase: 'Running',
    trouble: '',
    hostNetwork: false,
    ips: [],
    netnsPath: `/run/netns/${name}`,
    sandbox: { id: name, pid: Number(pid), image: 'pause', ready: true },
    containers: [],
    cni: { network: 'bridge', result: null },
  };
};
const observe = (...pods: readonly PodRecord[]) =>
  collect('now', { pods, nodes: [node], cluster: noCluster }, {}, never);
/** Without the timers of a bridge and its ports, and whether an address is still being tried out. */
const timeless = (text: string) => text.replaceAll(/"\w+_timer":[\d.]+,|"tentative":true,/g, '');
const peerOnNode = (name: string) => ({
  link: { eth0: { peer: { where: 'node', name: `v-${name}`, master: 'cni0' } } },
});

/** Has lines of a script come before a tool of the node, which it goes on to; they can count its calls in /run/asked. */
const standIn = (tool: string, script: string) =>
  node.sh(`
    place=$(readlink -f $(which ${tool}))
    [ -e /run/${tool} ] || { cp $place /run/${tool}; printf x >/run/left; chmod +x /run/left; mount --bind /run/left $place; }
    cat >$place <<'END'
#!/bin/sh
${script}
exec /run/${tool} "$@"
END
    chmod +x $place; rm -f /run/asked`);

describe('the script of an observation, on real namespaces', () => {
  it('answers what each of its questions alone is answered', async () => {
    await node.sh('mkdir -p /var/lib/cni/networks/bridge && touch /var/lib/cni/networks/bridge/10.0.0.2');
    const observation = await observe(await makePod('a'), await makePod('b'));
    expect(JSON.stringify([observation.pods, observation.nodes])).not.toContain('$unreadable');
    expect(observation).toMatchObject({ pods: { a: peerOnNode('a'), b: peerOnNode('b') } });
    expect(observation.nodes).toMatchObject({ real: { ipam: { bridge: { addresses: ['10.0.0.2'] } } } });
    // Counters go on, and so does who is in a netns.
    const still = observation.evidence.filter(
      ({ argv: [tool = ''] }) => !['ethtool', 'lsns', 'grep'].includes(tool),
    );
    expect(still.length).toBeGreaterThan(15);
    const paths = Object.entries(observation.sources);
    for (const { argv, replay, exitCode, stdout } of still.filter(
      ({ argv }) => !argv.includes('/proc/self/ns/net'),
    )) {
      const netns = /--net=(\S+)/.exec(replay)?.[1];
      const alone = await node.exec(
        { argv, timeoutMs: 9_000, ...(netns === undefined ? {} : { netns }) },
        never,
      );
      expect({ argv, exitCode: alone.exitCode, stdout: timeless(alone.stdout) }).toEqual({
        argv,
        exitCode,
        stdout: timeless(stdout),
      });
    }
    expect(paths.length).toBeGreaterThan(30);
  });

  it('shares many namespaces out, and loses none', async () => {
    const names = Array.from({ length: 14 }, (_, index) => `p${index}`);
    const pods: PodRecord[] = [];
    for (const name of names) pods.push(await makePod(name));
    const observation = await observe(...pods);
    expect(JSON.stringify([observation.pods, observation.nodes])).not.toContain('$unreadable');
    for (const name of names) expect(observation.pods[name]).toMatchObject(peerOnNode(name));
  });

  it('enters a netns that has no name, and says of one that is gone that it could not', async () => {
    const [a, b] = [await makePod('a'), await makePod('b')];
    const unnamed = { ...a, netnsPath: `/proc/${a.sandbox.pid}/ns/net` };
    await node.sh('umount /run/netns/b && rm /run/netns/b');
    const { pods } = await observe(unnamed, b);
    expect(pods.a).toMatchObject(peerOnNode('a'));
    expect(pods.b).toMatchObject({
      links: reason('/run/netns/b'),
      link: reason('No such file'),
      routes: reason('No such'),
    });
  });

  it('finds a veth to another pod, by the ids that both have', async () => {
    const pods = [await makePod('a'), await makePod('b')];
    await node.sh('ip -n a link add to-b type veth peer name to-a netns b');
    const observation = await observe(...pods);
    expect(observation.pods.a).toMatchObject({ link: { 'to-b': { peer: { where: 'pod', name: 'to-a' } } } });
    expect(observation.pods.b).toMatchObject({ link: { 'to-a': { peer: { where: 'pod', name: 'to-b' } } } });
  });

  it.each(['ethtool', 'lsns', 'nsenter'])(
    'says of %s that it is missing, of all that depends on it',
    async (tool) => {
      const pod = await makePod('a');
      await node.sh(`for file in $(which -a ${tool}); do mount --bind /dev/null $file || true; done`);
      const { pods, nodes } = await observe(pod);
      const missing = reason(`\`${tool}\` is not installed on node real`);
      const depending = {
        ethtool: { link: { eth0: { peer: { where: 'node', ethtoolPeerIfindex: missing } } } },
        lsns: peerOnNode('a'),
        nsenter: { links: missing, link: missing, routes: missing },
      };
      expect(pods.a).toMatchObject(depending[tool as keyof typeof depending]);
      if (tool === 'lsns') expect(nodes.real).toMatchObject({ namespaces: missing });
    },
  );

  it('knows no links without ip', async () => {
    const pod = await makePod('a');
    await node.sh('for file in $(which -a ip); do mount --bind /dev/null $file || true; done');
    const { pods, nodes } = await observe(pod);
    const missing = reason('install iproute2');
    expect(pods.a).toMatchObject({ links: missing, link: missing, sandbox: { alive: true } });
    expect(nodes.real).toMatchObject({ links: missing, rules: missing, namedNetns: missing });
  });

  it('reads a dump again that changed meanwhile, and does not believe one that goes on changing', async () => {
    const pod = await makePod('a');
    const interrupting = (times: number) =>
      standIn(
        'ip',
        `case "$*" in
        *-n*a*-batch*)
          echo again >>/run/asked
          [ $(wc -l </run/asked) -gt ${times} ] || echo 'Dump was interrupted and may be inconsistent.' >&2 ;;
        esac`,
      );
    await interrupting(2);
    expect((await observe(pod)).pods.a).toMatchObject(peerOnNode('a'));
    expect(await node.sh('wc -l </run/asked')).toBe('3');
    await interrupting(9);
    expect((await observe(pod)).pods.a).toMatchObject({ links: reason('Dump was interrupted') });
  });

  it('asks for the namespaces again where lsns gave up, and says so where it goes on giving up', async () => {
    const pod = await makePod('a');
    const givingUp = (times: number) =>
      standIn('lsns', `echo again >>/run/asked; [ $(wc -l </run/asked) -gt ${times} ] || exit 1`);
    await givingUp(2);
    expect((await observe(pod)).nodes.real?.namespaces).toEqual(expect.any(Array));
    expect(await node.sh('wc -l </run/asked')).toBe('3');
    await givingUp(9);
    expect((await observe(pod)).nodes.real).toMatchObject({ namespaces: reason('ended with 1') });
  });
});
