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

/** The pod network of the node of that index, from 0: one of its own in each of the cluster's ranges, a /24 of a /16 and a /64 of a /56. */
export const podCidrsOf = (podSubnets: readonly string[], index: number): readonly string[] =>
  podSubnets.map((subnet) =>
    subnet.includes(':')
      ? subnet.replace(/::\/[0-9]+$/, index === 0 ? '::/64' : `:${index.toString(16)}::/64`)
      : subnet.replace(/\.0\.0\/[0-9]+$/, `.${index}.0/24`),
  );
