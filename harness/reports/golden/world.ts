import type { Facts } from '../../domain/fact-types.js';
import type { Observation } from '../../domain/observation.js';
import { word } from '../topology/fact-words.js';
import { observation } from './facts.js';

/** A link of a kind other than veth, unless `peer` says where its other end is. */
export const linkOf = (
  name: string,
  ifindex: number,
  { peer, ...parts }: Partial<Omit<Facts<'Link'>, 'peer'>> & { readonly peer?: Partial<Facts<'Peer'>> } = {},
): Facts<'Link'> => ({
  ...{
    name,
    ifindex,
    kind: peer === undefined ? 'dummy' : 'veth',
    mtu: 1500,
    mac: `02:00:00:00:00:0${ifindex % 10}`,
  },
  ...{ state: 'UP', addresses: [], master: '' },
  peer: {
    ...{
      where: 'none',
      name: '',
      ifindex: -1,
      kind: '',
      mtu: -1,
      state: '',
      master: '',
      ethtoolPeerIfindex: -1,
    },
    ...peer,
  },
  ...parts,
});

/** A pod with a pause process and a container `app` in its netns. */
export const podOf = (name: string, inode: number, parts: Partial<Facts<'Pod'>> = {}): Facts<'Pod'> => ({
  ...{
    name,
    namespace: 'n',
    uid: name,
    node: 'node-1',
    phase: 'Running',
    trouble: '',
    hostNetwork: false,
    ips: [],
  },
  netns: { inode, path: `/run/netns/${name}`, nsid: 1 },
  sandbox: {
    id: `sandbox-${name}`,
    pid: inode,
    command: '/pause',
    image: 'pause',
    alive: true,
    netns: { inode },
  },
  containers: {
    app: {
      id: `id-${name}`,
      pid: inode + 1,
      image: 'busybox',
      restarts: 0,
      state: 'running',
      netns: { inode },
    },
  },
  ...{ links: [], link: {}, routes: [], neighbours: [], cni: { network: 'bridge', result: null } },
  ...parts,
});

/** The node `node-1`, whose netns has the inode 1. */
export const nodeOf = (
  links: readonly Facts<'Link'>[],
  parts: Partial<Facts<'Node'>> = {},
): Facts<'Node'> => ({
  ...{ name: 'node-1', kernel: '6.18', netns: { inode: 1 }, links, link: {}, routes: [], rules: [] },
  ...{
    namespaces: [],
    namedNetns: [],
    cni: { networks: [], plugins: [], results: [] },
    ipam: {},
    podCIDRs: [],
  },
  ...parts,
});

export const observationOf = (
  name: string,
  pods: readonly Facts<'Pod'>[],
  node: Facts<'Node'>,
  parts: Partial<Observation> = {},
): Observation => ({
  ...observation,
  name,
  evidence: [],
  sources: {},
  pods: Object.fromEntries(pods.map((pod) => [word(pod.name), pod])),
  nodes: { [word(node.name)]: node },
  ...parts,
});

/**
 * Two pods whose eth0 have the same index and their peers on one bridge, and a third veth on it whose other end is nowhere. What is
 * near to a pair and none: `left`'s eth0 has an index that `right`'s has as well.
 */
export const twoPods = observationOf(
  'before',
  [
    podOf('left', 100, {
      links: [linkOf('eth0', 2, { peer: { where: 'node', name: 'veth-l', ifindex: 7 } })],
    }),
    podOf('right', 200, {
      links: [linkOf('eth0', 2, { peer: { where: 'node', name: 'veth-r', ifindex: 8 } })],
    }),
  ],
  nodeOf([
    linkOf('cni0', 3, { kind: 'bridge' }),
    linkOf('veth-l', 7, { master: 'cni0', peer: { where: 'pod', name: 'eth0', ifindex: 2 } }),
    linkOf('veth-r', 8, { master: 'cni0', peer: { where: 'pod', name: 'eth0', ifindex: 2 } }),
    linkOf('veth-x', 9, { master: 'cni0', peer: { where: 'elsewhere' } }),
  ]),
);
