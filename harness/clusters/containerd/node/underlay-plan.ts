import type { IpFamily } from '../../../domain/cluster-provider.js';
import { routesFrom, type NodeNetwork } from '../../node-routes.js';

/** The link by which a node is joined to the others. */
export const nodeLink = 'eth0';

/** As many nodes as the ranges below have room for, and more than a machine has. */
export const mostNodes = 200;

/**
 * Who brings a pod's packets to another node: the nodes, by a route to each other's pods; or the router of the underlay, for networks whose
 * pods are on it themselves, as with macvlan.
 */
export type PodRouting = 'by-nodes' | 'by-router';

export const podRouting = (plugins: readonly string[]): PodRouting =>
  plugins.includes('macvlan') ? 'by-router' : 'by-nodes';

interface Ranges {
  readonly node: (index: number) => string;
  readonly nodePrefix: number;
  readonly podCidr: (index: number) => string;
}

const ipv4: Ranges = {
  node: (index) => `172.18.0.${index + 2}`,
  nodePrefix: 16,
  podCidr: (index) => `10.244.${index}.0/24`,
};
const ipv6: Ranges = {
  node: (index) => `fd00:172:18::${(index + 2).toString(16)}`,
  nodePrefix: 64,
  podCidr: (index) => `fd00:10:244:${index.toString(16)}::/64`,
};

const rangesOf = (family: IpFamily): readonly Ranges[] =>
  ({ ipv4: [ipv4], ipv6: [ipv6], dual: [ipv4, ipv6] })[family];

/** The nodes of a cluster, `node-1` and so on, with their addresses and those of their pods, the cluster's own family first. */
export const planNodes = (count: number, family: IpFamily): readonly NodeNetwork[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `node-${index + 1}`,
    addresses: rangesOf(family).map(({ node }) => node(index)),
    podCidrs: rangesOf(family).map(({ podCidr }) => podCidr(index)),
  }));

/** What `ip -batch -` is to read in the underlay's namespace. @param initPids the first process of each node, in their order */
export const underlayBatch = (
  nodes: readonly NodeNetwork[],
  initPids: readonly number[],
  family: IpFamily,
  routing: PodRouting,
): string => {
  const routers = rangesOf(family).map(({ node, nodePrefix }) => `${node(-1)}/${nodePrefix}`);
  const gateways =
    routing === 'by-router' ? nodes.flatMap(({ podCidrs }) => podCidrs.map(firstAddressOf)) : [];
  return [
    ...[...routers, ...gateways].map((address) => addressLine(address, 'br0')),
    ...nodes.flatMap(({ name }, index) => [
      `link add ${name} type veth peer name ${nodeLink} netns ${initPids[index] ?? ''}\n`,
      `link set ${name} master br0 up\n`,
    ]),
  ].join('');
};

/** What `ip -batch -` is to read on a node, once its link is there. */
export const nodeBatch = (
  node: NodeNetwork,
  all: readonly NodeNetwork[],
  family: IpFamily,
  routing: PodRouting,
): string => {
  const ranges = rangesOf(family);
  return [
    ...node.addresses.map((address, index) =>
      addressLine(`${address}/${ranges[index]?.nodePrefix ?? ''}`, nodeLink),
    ),
    `link set ${nodeLink} up\n`,
    ...ranges.map((range) => `route replace default via ${range.node(-1)}\n`),
    ...(routing === 'by-nodes' ? [routesFrom(node, all)] : []),
  ].join('');
};

/** What host-local takes for a range's gateway: its first address. */
const firstAddressOf = (cidr: string): string =>
  cidr.replace(/0\/|:\//, (end) => (end === '0/' ? '1/' : ':1/'));

// Nobody else can have the address, so that it need not be looked for before it is used.
const addressLine = (address: string, link: string): string =>
  `address add ${address} dev ${link}${address.includes(':') ? ' nodad' : ''}\n`;
