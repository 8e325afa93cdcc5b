import { isUnreadable, type Fact, type Facts, type Json } from '../domain/fact-types.js';
import { itemsOf } from '../domain/fact-items.js';
import { look, plain, unread, word } from './readable.js';
import type { StandIn } from './stand-ins.js';

/** Links by name. */
export const linkLooks = (links: Fact<'list<Link>'>, standIn: StandIn): Json =>
  look(links, (all) =>
    Object.fromEntries(all.map((link) => [standIn(word(link.name)), linkLook(link, standIn)])),
  );

const linkLook = (link: Facts<'Link'>, standIn: StandIn): Json => ({
  kind: plain(link.kind),
  mtu: plain(link.mtu),
  state: plain(link.state),
  master: look(link.master, standIn),
  addresses: look(link.addresses, (all) =>
    all
      .filter(({ family, scope }) => !(family === 'inet6' && scope === 'link'))
      .map(({ address, prefix, scope }) => standIn(`${word(address)}/${shown(prefix)} ${shown(scope)}`))
      .sort(),
  ),
  peer: look(link.peer, (peer) => peerLook(peer, standIn)),
});

const peerLook = (peer: Facts<'Peer'>, standIn: StandIn): Json =>
  peer.where === 'none' || peer.where === 'elsewhere'
    ? { where: peer.where }
    : {
        where: plain(peer.where),
        // A pod's end has a name of its own in every run, of which the beginning is the plugin's.
        name: look(peer.name, (name) =>
          peer.where === 'node' ? `${name.replace(/[0-9a-f]*$/, '')}…` : standIn(name),
        ),
        kind: plain(peer.kind),
        mtu: plain(peer.mtu),
        state: plain(peer.state),
        master: look(peer.master, standIn),
      };

/** The routes that somebody made, by destination: those of the table `local` and of link-local addresses come with the addresses. */
export const routeLooks = (
  routes: Fact<'list<Route>'>,
  standIn: StandIn,
  include: (route: Facts<'Route'>) => boolean = () => true,
): Json =>
  look(routes, (all) =>
    Object.fromEntries(
      all
        .filter(
          (route) => route.table !== 'local' && !/^(fe80:|ff00:)/.test(word(route.dst)) && include(route),
        )
        .map((route) => [routeName(route, standIn), routeLook(route, standIn)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  );

/** Two default routes of one table differ by their metric. */
const routeName = (route: Facts<'Route'>, standIn: StandIn): string =>
  [
    standIn(word(route.dst)),
    ...(route.dst === 'default' ? [route.family === 'inet6' ? 'IPv6' : 'IPv4'] : []),
    ...(route.table === 'main' ? [] : [`table ${shown(route.table)}`]),
    ...(route.metric === 0 ? [] : [`metric ${shown(route.metric)}`]),
  ].join(' ');

const routeLook = (route: Facts<'Route'>, standIn: StandIn): Json => ({
  type: plain(route.type),
  via: look(route.gateway, standIn),
  dev: look(route.dev, standIn),
  source: look(route.source, standIn),
  scope: plain(route.scope),
  protocol: plain(route.protocol),
});

/** The entries that somebody made; all others come and go. */
export const neighbourLooks = (neighbours: Fact<'list<Neighbour>'>, standIn: StandIn): Json =>
  look(neighbours, (all) =>
    all
      .filter(({ state }) => state === 'PERMANENT')
      .map(({ address, dev }) => standIn(`${word(address)} on ${word(dev)}`))
      .sort(),
  );

export const ruleLooks = (rules: Fact<'list<Rule>'>, standIn: StandIn): Json =>
  look(rules, (all) =>
    all.map(({ family, priority, src, dst, table, fwmark, iif }) =>
      standIn(
        [
          `${shown(family)} ${shown(priority)}: from ${shown(src)} to ${shown(dst)}`,
          ...(word(fwmark) === '' ? [] : [`fwmark ${shown(fwmark)}`]),
          ...(word(iif) === '' ? [] : [`iif ${shown(iif)}`]),
          `lookup ${shown(table)}`,
        ].join(' '),
      ),
    ),
  );

/** Whether a link of a node is the end of some pod's veth. The node's own way out is a veth as well, where the node is a container. */
export const isPodEnd = (link: Facts<'Link'>, nodeAddresses: ReadonlySet<string>): boolean =>
  link.kind === 'veth' &&
  (isUnreadable(link.peer) || link.peer.where !== 'same-netns') &&
  !itemsOf(link.addresses).some(({ address }) => nodeAddresses.has(word(address)));

const shown = (fact: Fact<'string'> | Fact<'int'>): string => (isUnreadable(fact) ? unread : String(fact));
