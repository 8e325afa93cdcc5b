import { isUnreadable, type Fact, type Facts } from '../../domain/fact-types.js';
import { itemsOf } from '../../domain/fact-items.js';
import { reasons, word } from './fact-words.js';
import { linkBox, type LinkOwner } from './link-box.js';
import type { NetnsBox, ProcessBox } from './topology.js';

/** The network namespace of a node, with what of pods runs in it. */
export const nodeNetns = (node: Facts<'Node'>, processes: readonly ProcessBox[]): NetnsBox => {
  const name = word(node.name);
  const links = itemsOf(node.links);
  const isStranger = ({ peer }: Facts<'Link'>): boolean => !isUnreadable(peer) && peer.where === 'elsewhere';
  const inode = isUnreadable(node.netns) ? '?' : word(node.netns.inode);
  return {
    ...netns({ kind: 'node', name }, `the network namespace of ${name}`, inode, node.routes),
    processes,
    links: links.filter((link) => !isStranger(link)).map((link) => linkBox({ kind: 'node', name }, link)),
    strangers: links.filter(isStranger).map((link) => word(link.name)),
    unreadable: reasons({ netns: node.netns, links: node.links, routes: node.routes }),
  };
};

/** The network namespace of a pod, with what runs in it. */
export const podNetns = (pod: Facts<'Pod'>, processes: readonly ProcessBox[]): NetnsBox => {
  const name = word(pod.name);
  const inode = isUnreadable(pod.netns) ? '?' : word(pod.netns.inode);
  return {
    ...netns({ kind: 'pod', name }, `the network namespace of ${name}`, inode, pod.routes),
    processes,
    links: itemsOf(pod.links).map((link) => linkBox({ kind: 'pod', name }, link)),
    strangers: [],
    unreadable: reasons({
      ...{ netns: pod.netns, links: pod.links, routes: pod.routes },
      ...{ sandbox: pod.sandbox, containers: pod.containers },
    }),
  };
};

const netns = (
  owner: LinkOwner,
  title: string,
  inode: string,
  routeFacts: Fact<'list<Route>'>,
): Pick<NetnsBox, 'id' | 'kind' | 'name' | 'title' | 'facts' | 'routes'> => {
  const routes = itemsOf(routeFacts)
    .filter(({ table, type }) => table === 'main' && type === 'unicast')
    .filter(({ dst }) => !word(dst).startsWith('fe80:'))
    .map(routeText);
  return {
    id: `netns/${owner.kind}/${owner.name}`,
    ...owner,
    title,
    facts: { inode, routes: routes.join(', ') },
    routes,
  };
};

const routeText = ({ dst, gateway, dev }: Facts<'Route'>): string =>
  [
    word(dst),
    ...(gateway === '' ? [] : [`via ${word(gateway)}`]),
    ...(dev === '' ? [] : [`dev ${word(dev)}`]),
  ].join(' ');
