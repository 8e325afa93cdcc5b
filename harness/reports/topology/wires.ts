import { isUnreadable, type Facts } from '../../domain/fact-types.js';
import type { Observation } from '../../domain/observation.js';
import { itemsOf } from '../../domain/fact-items.js';
import { word } from './fact-words.js';
import { linkId, type LinkOwner } from './link-box.js';
import type { Wire } from './topology.js';

interface OwnedLink {
  readonly owner: LinkOwner;
  readonly link: Facts<'Link'>;
  /** Of the owner, or the owner itself. */
  readonly node: string;
}

/** All veth pairs with both ends in what was read, each once, and all links that have a master. */
export const wiresOf = ({ pods, nodes }: Observation): readonly Wire[] => {
  const onNodes = Object.values(nodes).flatMap((node) =>
    owned('node', word(node.name), word(node.name), node),
  );
  const inPods = Object.values(pods)
    .filter(({ hostNetwork }) => hostNetwork !== true)
    .flatMap((pod) => owned('pod', word(pod.name), word(pod.node), pod));
  const all = [...inPods, ...onNodes];
  return [...pairsOf(all), ...all.flatMap((one) => masterWire(one, all))];
};

const owned = (
  kind: LinkOwner['kind'],
  name: string,
  node: string,
  { links }: Pick<Facts<'Node'>, 'links'>,
): readonly OwnedLink[] => itemsOf(links).map((link) => ({ owner: { kind, name }, node, link }));

const pairsOf = (all: readonly OwnedLink[]): readonly Wire[] => {
  const seen = new Set<string>();
  return all.flatMap((one) => {
    const other = peerOf(one, all);
    if (other === undefined) return [];
    const ends = [idOf(one), idOf(other)] as const;
    const key = [...ends].sort().join(' ');
    if (seen.has(key)) return [];
    seen.add(key);
    return [wire('veth', ...ends, `${nameOf(one)} and ${nameOf(other)}`)];
  });
};

/** The other end by what the facts have resolved: place, name and ifindex. An ifindex alone says nothing across namespaces. */
const peerOf = (one: OwnedLink, all: readonly OwnedLink[]): OwnedLink | undefined => {
  const { peer } = one.link;
  if (isUnreadable(peer)) return undefined;
  const named = all.filter(
    ({ link, node }) => link.name === peer.name && link.ifindex === peer.ifindex && node === one.node,
  );
  switch (peer.where) {
    case 'node':
      return named.find(({ owner }) => owner.kind === 'node');
    case 'same-netns':
      return named.find(({ owner }) => owner.kind === one.owner.kind && owner.name === one.owner.name);
    case 'pod':
      // The end on a node is told by the pod's end, which names it without doubt; two pods may both have an eth0 with the index 2.
      return one.owner.kind === 'node' ? undefined : named.find((other) => isBack(other, one));
    default:
      return undefined;
  }
};

const isBack = (other: OwnedLink, one: OwnedLink): boolean =>
  other.owner.kind === 'pod' &&
  other.owner.name !== one.owner.name &&
  !isUnreadable(other.link.peer) &&
  other.link.peer.where === 'pod' &&
  other.link.peer.name === one.link.name &&
  other.link.peer.ifindex === one.link.ifindex;

const masterWire = (one: OwnedLink, all: readonly OwnedLink[]): readonly Wire[] => {
  const { master, peer } = one.link;
  if (isUnreadable(master) || master === '') return [];
  // Those of strangers are not drawn.
  if (one.owner.kind === 'node' && !isUnreadable(peer) && peer.where === 'elsewhere') return [];
  const bridge = all.find(
    ({ owner, link }) =>
      owner.kind === one.owner.kind && owner.name === one.owner.name && link.name === master,
  );
  return bridge === undefined
    ? []
    : [wire('master', idOf(one), idOf(bridge), `${nameOf(one)} on ${nameOf(bridge)}`)];
};

const wire = (kind: Wire['kind'], from: string, to: string, title: string): Wire => ({
  id: `${kind}/${from}~${to}`,
  kind,
  from,
  to,
  title: kind === 'veth' ? `the veth pair ${title}` : title,
  facts: {},
});

const idOf = ({ owner, link }: OwnedLink): string => linkId(owner, word(link.name));

const nameOf = ({ owner, link }: OwnedLink): string => `${word(link.name)} of ${owner.name}`;
