import type { FactTypeName } from '../domain/fact-table.js';
import { isUnreadable, type Fact, type Facts } from '../domain/fact-types.js';
import type { Observation } from '../domain/observation.js';
import { indented } from './layout.js';
import { table } from './table.js';
import { visible } from './visible.js';

/** An observation for people: the cluster, then each node and each pod with its links. The JSON has the rest. */
export const renderFacts = ({ cluster, nodes, pods }: Observation): string =>
  [
    `cluster  ${[cluster.provider, cluster.cni, cluster.runtime, cluster.kernel].map(text).join(', ')}`,
    ...Object.values(nodes).flatMap((node) => ['', ...nodeLines(node)]),
    ...Object.values(pods).flatMap((pod) => ['', ...podLines(pod)]),
    '',
  ].join('\n');

const nodeLines = (node: Facts<'Node'>): readonly string[] => [
  `node ${text(node.name)}`,
  ...indented(
    [
      ...table([
        ['netns', part(node.netns, ({ inode }) => text(inode))],
        ['networks', part(node.cni, ({ networks }) => list(networks))],
        ['pod CIDRs', list(node.podCIDRs)],
        ...namespaceRows(node.namespaces),
      ]),
      ...linkLines(node.links),
    ],
    2,
  ),
];

const namespaceRows = (namespaces: Fact<'list<Namespace>'>): readonly (readonly string[])[] =>
  isUnreadable(namespaces)
    ? [['namespaces', text(namespaces)]]
    : namespaces.map(({ inode, pid, command }) => [
        `owner of ${text(inode)}`,
        `${text(command)} (pid ${text(pid)})`,
      ]);

const podLines = (pod: Facts<'Pod'>): readonly string[] => [
  `pod ${text(pod.name)} on ${text(pod.node)}  ${text(pod.phase)}  ${list(pod.ips)}`,
  ...indented(
    [
      ...table([
        ['netns', part(pod.netns, ({ inode, path }) => `${text(inode)}  ${text(path)}`)],
        ['pause', part(pod.sandbox, ({ pid, command }) => `pid ${text(pid)}  ${text(command)}`)],
        ...containerRows(pod.containers),
      ]),
      ...linkLines(pod.links),
    ],
    2,
  ),
];

const containerRows = (containers: Fact<'map<Container>'>): readonly (readonly string[])[] =>
  isUnreadable(containers)
    ? [['containers', text(containers)]]
    : Object.entries(containers).map(([name, container]) => [
        `container ${name}`,
        `${text(container.state)}, pid ${text(container.pid)}, netns ${part(container.netns, ({ inode }) => text(inode))}, ` +
          `restarts ${text(container.restarts)}, image ${text(container.image)}`,
      ]);

const linkLines = (links: Fact<'list<Link>'>): readonly string[] =>
  isUnreadable(links)
    ? [`links  ${text(links)}`]
    : table([
        ['LINK', 'INDEX', 'KIND', 'MTU', 'STATE', 'MASTER', 'MAC', 'ADDRESSES', 'PEER'],
        ...links.map((link) => [
          text(link.name),
          text(link.ifindex),
          text(link.kind),
          text(link.mtu),
          text(link.state),
          text(link.master) || '-',
          text(link.mac),
          part(link.addresses, (all) =>
            all.map((one) => `${text(one.address)}/${text(one.prefix)}`).join(' '),
          ) || '-',
          part(link.peer, peerText),
        ]),
      ]);

const peerText = ({ where, name, ifindex }: Facts<'Peer'>): string => {
  const place = text(where);
  if (place === 'none') return '-';
  return text(name) === '' ? place : `${place}: ${text(name)} (${text(ifindex)})`;
};

const text = (fact: Fact<'string'> | Fact<'int'>): string =>
  isUnreadable(fact) ? `unknown: ${visible(fact.$unreadable)}` : visible(String(fact));

const list = (fact: Fact<'list<string>'>): string =>
  isUnreadable(fact) ? text(fact) : fact.map(visible).join(', ');

const part = <T extends FactTypeName | 'list<Address>'>(
  fact: Fact<T>,
  show: (value: Exclude<Fact<T>, { $unreadable: string }>) => string,
): string => (isUnreadable(fact) ? text(fact) : show(fact as Exclude<Fact<T>, { $unreadable: string }>));
