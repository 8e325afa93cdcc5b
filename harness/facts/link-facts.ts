import { isUnreadable, type Facts, type Unreadable } from '../domain/fact-types.js';
import { ethtoolArgv, parsePeerIfindex } from './ethtool.js';
import { linksArgv, parseLinks, type KernelLink } from './links.js';
import { inside, type Owner } from './owner.js';
import { resolvePeer, type Peer, type Place } from './peers.js';
import type { Readings } from './readings.js';

export const readLinks = (owner: Owner, readings: Readings): readonly KernelLink[] | Unreadable =>
  readings.read(
    ['links', 'link'].map((field) => `${owner.path}.${field}`),
    inside(owner, linksArgv),
    parseLinks,
  );

/** The links of a place, by ifindex, each with its other end. */
export const linkFacts = (
  own: Place,
  places: { readonly node: Place; readonly pods: readonly Place[] },
  readings: Readings,
): readonly Facts<'Link'>[] | Unreadable => {
  if (isUnreadable(own.links)) return own.links;
  return own.links.map(({ end, ...link }, index) => {
    const peer = resolvePeer({ ...link, end }, own, places.node, places.pods);
    const paths = [`links.${index}`, `link.${link.name}`].map((field) => `${own.path}.${field}.peer`);
    // What is told of an end in another netns was read there.
    if ('place' in peer) readings.read(paths, inside(peer.place, linksArgv), () => undefined);
    return {
      ...link,
      peer: { ...peerFacts(peer), ethtoolPeerIfindex: ethtoolFact(link, own, paths, readings) },
    };
  });
};

const ethtoolFact = (
  { kind, name }: Omit<KernelLink, 'end'>,
  own: Owner,
  paths: readonly string[],
  readings: Readings,
): number | Unreadable => {
  if (kind !== 'veth') return -1;
  const fields = paths.map((path) => `${path}.ethtoolPeerIfindex`);
  return readings.read(fields, inside(own, ethtoolArgv(name)), parsePeerIfindex);
};

/** The same links by name. */
export const byName = (
  links: readonly Facts<'Link'>[] | Unreadable,
): Readonly<Record<string, Facts<'Link'>>> | Unreadable =>
  isUnreadable(links)
    ? links
    : Object.fromEntries(links.flatMap((link) => (isUnreadable(link.name) ? [] : [[link.name, link]])));

const peerFacts = (peer: Peer | Unreadable): Omit<Facts<'Peer'>, 'ethtoolPeerIfindex'> => {
  if (isUnreadable(peer)) {
    return { where: peer, name: peer, ifindex: peer, kind: peer, mtu: peer, state: peer, master: peer };
  }
  if (!('link' in peer)) {
    return { where: peer.where, name: '', ifindex: -1, kind: '', mtu: -1, state: '', master: '' };
  }
  const { name, ifindex, kind, mtu, state, master } = peer.link;
  return { where: peer.where, name, ifindex, kind, mtu, state, master };
};
