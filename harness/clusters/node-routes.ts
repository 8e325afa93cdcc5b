/** Where a node's pods are, and by which of its addresses they are reached. */
export interface NodeNetwork {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly podCidrs: readonly string[];
}

/** What `ip -batch -` is to read on a node: a route to the pods of each other one. */
export const routesFrom = (node: NodeNetwork, all: readonly NodeNetwork[]): string =>
  all
    .filter(({ name }) => name !== node.name)
    .flatMap(({ podCidrs, addresses }) =>
      podCidrs.flatMap((cidr) => {
        const via = addresses.find((address) => address.includes(':') === cidr.includes(':'));
        return via === undefined ? [] : [`route replace ${cidr} via ${via}\n`];
      }),
    )
    .join('');

/**
 * The rules by which what leaves the pods' networks gets the node's address, while pods see each other's, as Kubernetes has it. One
 * argv for each family.
 */
export const masquerade = (podSubnets: readonly string[]): readonly (readonly string[])[] =>
  podSubnets.map((subnet) => [
    subnet.includes(':') ? 'ip6tables' : 'iptables',
    ...[
      '--wait',
      '10',
      '--table',
      'nat',
      '--append',
      'POSTROUTING',
      '--source',
      subnet,
      '!',
      '--destination',
      subnet,
    ],
    ...['-m', 'addrtype', '!', '--dst-type', 'LOCAL', '--jump', 'MASQUERADE'],
    ...['-m', 'comment', '--comment', 'netclaims: what leaves the pod network'],
  ]);

/** The pod network that the first node of a cluster gets: the first of its size in the cluster's range, /24 and /64. */
export const firstPodCidrs = (podSubnets: readonly string[]): readonly string[] =>
  podSubnets.map((subnet) => subnet.replace(/\/[0-9]+$/, subnet.includes(':') ? '/64' : '/24'));
