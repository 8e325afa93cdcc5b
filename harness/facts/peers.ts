import { isUnreadable, unreadable, type Unreadable } from '../domain/fact-types.js';
import type { KernelLink } from './links.js';
import type { Owner } from './owner.js';

/** A netns whose links were read, or were to be read: the node's own, or a pod's. */
export interface Place extends Owner {
  readonly where: 'node' | 'pod';
  /** As reasons name it: `node worker-1`, `pod web`. */
  readonly title: string;
  readonly inode: number | Unreadable;
  /** Its id as the node has it. */
  readonly nsid: number | Unreadable;
  readonly links: readonly KernelLink[] | Unreadable;
  /** The name that `ip netns` has for it; undefined where it has none. */
  readonly name: string | undefined;
  /** The ids that it has itself for named namespaces; read only where a veth's other end may be in another pod. */
  readonly nsids: ReadonlyMap<string, number> | Unreadable;
}

/** The other end of a link. */
export type Peer =
  | { readonly where: 'none' | 'elsewhere' }
  | { readonly where: 'node' | 'pod' | 'same-netns'; readonly link: KernelLink; readonly place: Place };

/**
 * Finds the other end of a link among the links of its node and of the pods there. An ifindex says nothing without its netns: an
 * end counts only when each of the two names the other's ifindex *and* the other's netns.
 */
export const resolvePeer = (
  link: KernelLink,
  own: Place,
  node: Place,
  pods: readonly Place[],
): Peer | Unreadable => {
  switch (link.end.kind) {
    case 'none':
      return { where: 'none' };
    case 'unstated':
      return unreadable(`ip does not say where the other end of ${link.name} of ${own.title} is`);
    case 'same-netns':
      return inSameNetns(link, link.end.name, own);
    case 'other-netns': {
      const { end } = link;
      if (end.nsid < 0) {
        return unreadable(
          `the kernel gives no id of the netns that the other end of ${link.name} of ${own.title} is in`,
        );
      }
      return own.where === 'node' ? fromNode(link, end, own, pods) : fromPod(link, end, own, node, pods);
    }
  }
};

type OtherEnd = KernelLink['end'] & { readonly kind: 'other-netns' };

const inSameNetns = (link: KernelLink, name: string, own: Place): Peer | Unreadable => {
  const peer = linksOf(own).find((each) => each.name === name);
  if (peer?.end.kind === 'same-netns' && peer.end.name === link.name) {
    return { where: 'same-netns', link: peer, place: own };
  }
  return unreadable(
    `${link.name} of ${own.title} names ${name} as its other end, which does not name it back`,
  );
};

/** The node's ids tell the pod. */
const fromNode = (link: KernelLink, end: OtherEnd, own: Place, pods: readonly Place[]): Peer | Unreadable => {
  const pod = pods.find(({ nsid }) => nsid === end.nsid);
  if (pod === undefined) {
    return firstUnreadable(pods.map(({ nsid }) => nsid)) ?? { where: 'elsewhere' };
  }
  if (isUnreadable(pod.links)) return pod.links;
  const peer = pod.links.find((each) => namesEachOther(link, each));
  return peer === undefined
    ? unreadable(
        `${link.name} of ${own.title} names a link of ${pod.title} as its other end, which does not name it back`,
      )
    : { where: 'pod', link: peer, place: pod };
};

const fromPod = (
  link: KernelLink,
  end: OtherEnd,
  own: Place,
  node: Place,
  pods: readonly Place[],
): Peer | Unreadable => {
  if (isUnreadable(node.links)) return node.links;
  const onNode = node.links.find((each) => namesEachOther(link, each));
  if (onNode?.end.kind === 'other-netns') {
    if (isUnreadable(own.nsid)) return own.nsid;
    if (onNode.end.nsid === own.nsid) return { where: 'node', link: onNode, place: node };
  }
  const others = pods.filter(({ inode }) => inode !== own.inode);
  for (const place of others) {
    const peer = linksOf(place).find((each) => namesEachOther(link, each));
    if (peer?.end.kind !== 'other-netns') continue;
    const confirmed = bothHave([own, end.nsid, place], [place, peer.end.nsid, own]);
    if (isUnreadable(confirmed)) return confirmed;
    if (confirmed) return { where: 'pod', link: peer, place };
  }
  // It could be in what was not read.
  return firstUnreadable(others.map(({ links }) => links)) ?? { where: 'elsewhere' };
};

/** By ifindex only: the candidates. */
const namesEachOther = (a: KernelLink, b: KernelLink): boolean =>
  a.end.kind === 'other-netns' &&
  b.end.kind === 'other-netns' &&
  a.end.ifindex === b.ifindex &&
  b.end.ifindex === a.ifindex;

/** Whether a netns has an id for another one. */
type HasId = readonly [from: Place, nsid: number, of: Place];

const bothHave = (...pairs: readonly HasId[]): boolean | Unreadable => {
  let confirmed = true;
  for (const [from, nsid, of] of pairs) {
    if (isUnreadable(from.nsids)) return from.nsids;
    const id = of.name === undefined ? undefined : from.nsids.get(of.name);
    if (id === undefined) {
      return unreadable(
        `a link of ${from.title} may end in ${of.title}, which its netns has no name for to confirm it by`,
      );
    }
    confirmed &&= id === nsid;
  }
  return confirmed;
};

const linksOf = ({ links }: Place): readonly KernelLink[] => (isUnreadable(links) ? [] : links);

const firstUnreadable = (facts: readonly unknown[]): Unreadable | undefined => facts.find(isUnreadable);
