import { describe, expect, it } from '@jest/globals';
import type { Baseline, BaselineDifference } from '../domain/baseline.js';
import { unreadable, type Facts } from '../domain/fact-types.js';
import type { Observation } from '../domain/observation.js';
import * as world from '../domain/testing/world.js';
import { baselineOf } from './baseline-of.js';
import { compareBaselines, differencesFrom } from './compare.js';

/** What another run of the same cluster has otherwise. */
interface Run {
  /** The last part of the pod's address. */
  readonly host: number;
  /** In identifiers, MACs and names of links. */
  readonly hex: string;
  readonly inode: number;
}

const one: Run = { host: 2, hex: 'a1b2c3d4', inode: 4026532281 };
const other: Run = { host: 9, hex: '5e6f7a8b', inode: 4026532999 };

interface Parts {
  readonly eth0?: Partial<Facts<'Link'>>;
  readonly peer?: Partial<Facts<'Peer'>>;
  readonly gateway?: string;
  readonly node?: Partial<Facts<'Node'>>;
  readonly links?: readonly Facts<'Link'>[];
}

const route = (dst: string, parts: Partial<Facts<'Route'>>): Facts<'Route'> => ({
  ...{ family: 'inet', type: 'unicast', table: 'main', dst, gateway: '', dev: 'eth0', protocol: 'boot' },
  ...{ scope: 'link', source: '', metric: 0 },
  ...parts,
});

const observed = ({ host, hex, inode }: Run, parts: Parts = {}): Observation => {
  const ip = `10.244.0.${host}`;
  const mac = `0a:58:0a:f4:00:0${host}`;
  const end = `veth${hex}`;
  const eth0 = world.link({
    ifindex: host,
    mac,
    addresses: [
      { family: 'inet', address: ip, prefix: 24, scope: 'global' },
      { family: 'inet6', address: `fe80::${hex.slice(0, 4)}`, prefix: 64, scope: 'link' },
    ],
    peer: world.peer({ name: end, ifindex: 7 + host, ...parts.peer }),
    ...parts.eth0,
  });
  const sandbox = world.pod().sandbox as Facts<'Sandbox'>;
  const on = world.pod(
    {
      ...{
        name: 'on-node-1',
        uid: hex,
        ips: [ip],
        netns: { inode, path: `/run/netns/cni-${hex}`, nsid: host },
      },
      sandbox: { ...sandbox, id: hex.repeat(8), pid: inode },
      routes: [
        route('default', { gateway: parts.gateway ?? '10.244.0.1', scope: '' }),
        route('10.244.0.0/24', { source: ip, protocol: 'kernel' }),
        route(ip, { table: 'local', type: 'local' }),
        route('fe80::/64', { family: 'inet6', protocol: 'kernel' }),
      ],
      neighbours: [{ address: '10.244.0.1', dev: 'eth0', mac, state: 'REACHABLE' }],
      cni: {
        network: 'bridge',
        result: {
          interfaces: [
            { name: end, mac },
            { name: 'eth0', mac, sandbox: `/run/netns/cni-${hex}` },
          ],
          ips: [{ address: `${ip}/24`, gateway: '10.244.0.1' }],
        },
      },
    },
    [eth0],
  );
  const of = world.pod({ name: 'of-node-1', hostNetwork: true, ips: [`172.18.0.${host}`] }, []);
  const linkOf = (name: string, ifindex: number, more: Partial<Facts<'Link'>>) =>
    world.link({ name, ifindex, addresses: [], peer: world.peer({ where: 'none' }), ...more });
  return world.observation('baseline', {
    pods: { 'on-node-1': on, 'of-node-1': of },
    nodes: {
      'worker-1': world.node({
        links: [
          linkOf('eth0', 2, {
            addresses: [{ family: 'inet', address: `172.18.0.${host}`, prefix: 16, scope: 'global' }],
            peer: world.peer({ where: 'elsewhere' }),
          }),
          linkOf('cni0', 3, { kind: 'bridge', mac }),
          linkOf(end, 7 + host, { master: 'cni0', peer: world.peer({ where: 'pod', name: 'eth0' }) }),
          // Of somebody else's pod.
          linkOf(`veth${inode}`, 90 + host, { master: 'cni0', peer: world.peer({ where: 'elsewhere' }) }),
          ...(parts.links ?? []),
        ],
        routes: [
          route(ip, { dev: end }),
          route(`10.244.0.${host + 50}`, { dev: `veth${inode}` }),
          route('10.244.1.0/24', { gateway: '172.18.0.200', dev: 'eth0' }),
        ],
        ipam: { bridge: { addresses: [ip, `10.244.0.${host + 50}`] } },
        namedNetns: [`cni-${hex}`],
        ...parts.node,
      }),
    },
  });
};

const baseline = (run: Run, parts?: Parts): Baseline => baselineOf(observed(run, parts), []);

/** Of two runs on one cluster that has been changed in between. */
const changed = (parts: Parts): readonly BaselineDifference[] =>
  compareBaselines(baseline(one), baseline(other, parts));

describe('compareBaselines', () => {
  it('finds nothing in two runs on one cluster', () => {
    expect(changed({})).toEqual([]);
  });

  it('finds what is otherwise at a link and at its other end', () => {
    expect(changed({ eth0: { mtu: 1450 } })).toEqual([
      { path: ['pod', 'on-node-1', 'link', 'eth0', 'mtu'], was: 1500, is: 1450 },
    ]);
    expect(changed({ peer: { master: '' } })).toEqual([
      { path: ['pod', 'on-node-1', 'link', 'eth0', 'peer', 'master'], was: 'cni0', is: '' },
    ]);
  });

  it('finds another gateway, a new link of the node, a changed rule of names', () => {
    expect(changed({ gateway: '169.254.1.1' })).toEqual([
      { path: ['pod', 'on-node-1', 'route', 'default IPv4', 'via'], was: '10.244.0.1', is: '169.254.1.1' },
    ]);
    const vxlan = world.link({
      name: 'flannel.1',
      kind: 'vxlan',
      addresses: [],
      peer: world.peer({ where: 'none' }),
    });
    expect(changed({ links: [vxlan] })).toMatchObject([
      { path: ['node', 'node-1', 'link', 'flannel.1'], is: { kind: 'vxlan', mtu: 1500 } },
    ]);
    expect(changed({ peer: { name: 'cali12345' } })).toContainEqual({
      path: ['pod', 'on-node-1', 'link', 'eth0', 'peer', 'name'],
      was: 'veth…',
      is: 'cali…',
    });
  });

  it("finds a pod's address that is leased no more", () => {
    expect(changed({ node: { ipam: { bridge: { addresses: [] } } } })).toEqual([
      { path: ['node', 'node-1', 'leases', 'bridge', '0'], was: "<on-node-1's IPv4 address>" },
    ]);
  });

  it('finds that something cannot be read any more, whatever the reason', () => {
    expect(changed({ node: { rules: unreadable('pid 4711: no such process') } })).toEqual([
      { path: ['node', 'node-1', 'rule'], was: [], is: '<could not be read>' },
    ]);
  });

  it('finds verdicts that have changed', () => {
    const claim = (verdict: 'holds' | 'refuted') => ({
      a: { verdict, expectation: { x: verdict, y: 'holds' as const } },
    });
    expect(
      compareBaselines(
        { ...baseline(one), claim: claim('holds') },
        { ...baseline(other), claim: claim('refuted') },
      ),
    ).toEqual([
      { path: ['claim', 'a', 'verdict'], was: 'holds', is: 'refuted' },
      { path: ['claim', 'a', 'expectation', 'x'], was: 'holds', is: 'refuted' },
    ]);
  });
});

describe('differencesFrom', () => {
  const claim = { verdict: 'holds' as const, expectation: {} };

  it('does not miss claims that were not run', () => {
    expect(differencesFrom({ ...baseline(one), claim: { a: claim } }, baseline(other))).toEqual([]);
  });

  it('tells of claims that the baseline does not have', () => {
    expect(differencesFrom(baseline(one), { ...baseline(other), claim: { b: claim } })).toEqual([
      { path: ['claim', 'b'], is: claim },
    ]);
  });
});
