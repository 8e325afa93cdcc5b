import { describe, expect, it } from '@jest/globals';
import { unreadable } from '../domain/fact-types.js';
import type { KernelLink, LinkEnd } from './links.js';
import { resolvePeer, type Place } from './peers.js';

const link = (name: string, ifindex: number, end: LinkEnd): KernelLink => ({
  name,
  ifindex,
  kind: end.kind === 'none' ? 'loopback' : 'veth',
  mtu: 1500,
  mac: '',
  state: 'UP',
  addresses: [],
  master: '',
  end,
});
const toward = (ifindex: number, nsid: number): LinkEnd => ({ kind: 'other-netns', ifindex, nsid });
const within = (name: string): LinkEnd => ({ kind: 'same-netns', name });

const place = (changes: Partial<Place>): Place => ({
  path: 'pods.web',
  netns: '/run/netns/web',
  where: 'pod',
  title: 'pod web',
  inode: 100,
  nsid: 0,
  links: [],
  name: 'web',
  nsids: new Map(),
  ...changes,
});
const nodeWith = (...links: readonly KernelLink[]): Place =>
  place({
    path: 'nodes.n',
    netns: undefined,
    where: 'node',
    title: 'node n',
    inode: 1,
    nsid: -1,
    name: undefined,
    links,
  });
const podWith = (...links: readonly KernelLink[]): Place => place({ links });
const other = (changes: Partial<Place>): Place =>
  place({
    path: 'pods.db',
    netns: '/run/netns/db',
    title: 'pod db',
    inode: 200,
    nsid: 1,
    name: 'db',
    ...changes,
  });

const eth0 = link('eth0', 2, toward(7, 0));
const veth7 = link('veth7', 7, toward(2, 0));
const elsewhere = { where: 'elsewhere' };

describe('the other end of a pod’s link', () => {
  const peerOf = (own: Place, node: Place, pods: readonly Place[] = [own], of: KernelLink = eth0) =>
    resolvePeer(of, own, node, pods);

  it('is the node’s link that names the pod’s ifindex and the pod’s netns', () => {
    const [own, node] = [podWith(eth0), nodeWith(veth7)];
    expect(peerOf(own, node)).toEqual({ where: 'node', link: veth7, place: node });
  });

  it('is not a node’s link of the right ifindex that leads to another netns', () => {
    expect(peerOf(podWith(eth0), nodeWith(link('veth7', 7, toward(2, 1))))).toEqual(elsewhere);
  });

  it('is not a node’s link into the pod’s netns that names another link there', () => {
    expect(peerOf(podWith(eth0), nodeWith(link('veth7', 7, toward(3, 0))))).toEqual(elsewhere);
  });

  it('is not a node’s link of another ifindex', () => {
    expect(peerOf(podWith(eth0), nodeWith(link('veth8', 8, toward(2, 0))))).toEqual(elsewhere);
  });

  it('is not a node’s link that is no veth, or whose ends are both on the node', () => {
    expect(peerOf(podWith(eth0), nodeWith(link('lo', 7, { kind: 'none' })))).toEqual(elsewhere);
    expect(peerOf(podWith(eth0), nodeWith(link('a', 7, within('b')), link('b', 2, within('a'))))).toEqual(
      elsewhere,
    );
  });

  it('is unknown where the pod’s id, or the node’s links, are unknown', () => {
    const lost = unreadable('lost');
    expect(peerOf(place({ links: [eth0], nsid: lost }), nodeWith(veth7))).toEqual(lost);
    expect(peerOf(podWith(eth0), { ...nodeWith(), links: lost })).toEqual(lost);
  });

  it('is unknown where the kernel gives no id of its netns, though an ifindex fits', () => {
    const unidentified = link('eth0', 2, toward(7, -1));
    expect(peerOf(podWith(unidentified), nodeWith(veth7), [], unidentified)).toEqual({
      $unreadable: 'the kernel gives no id of the netns that the other end of eth0 of pod web is in',
    });
  });

  it('is unknown where ip does not state it', () => {
    const silent = link('eth0', 2, { kind: 'unstated' });
    expect(peerOf(podWith(silent), nodeWith(), [], silent)).toEqual({
      $unreadable: 'ip does not say where the other end of eth0 of pod web is',
    });
  });

  it('is none for what is no veth', () => {
    const lo = link('lo', 1, { kind: 'none' });
    expect(peerOf(podWith(lo), nodeWith(veth7), [], lo)).toEqual({ where: 'none' });
  });
});

describe('the other end of a veth within one netns', () => {
  const ends = [link('a', 3, within('b')), link('b', 4, within('a'))] as const;

  it('is there, even when the node has a link of the same name or a fitting ifindex', () => {
    const own = podWith(...ends);
    const node = nodeWith(link('b', 9, toward(3, 0)));
    expect(resolvePeer(ends[0], own, node, [own])).toEqual({
      where: 'same-netns',
      link: ends[1],
      place: own,
    });
  });

  it('is unknown when the one that is named does not name it back', () => {
    for (const named of [[], [link('b', 4, within('c'))], [link('b', 4, toward(3, 0))]]) {
      const own = podWith(ends[0], ...named);
      expect(resolvePeer(ends[0], own, nodeWith(), [own])).toEqual({
        $unreadable: 'a of pod web names b as its other end, which does not name it back',
      });
    }
  });
});

describe('the other end of a link between two pods', () => {
  const toDb = link('to-db', 3, toward(5, 4));
  const toWeb = link('to-web', 5, toward(3, 6));
  const pair = (changes: Partial<Place> = {}, dbChanges: Partial<Place> = {}) => [
    place({ links: [toDb], nsids: new Map([['db', 4]]), ...changes }),
    other({ links: [toWeb], nsids: new Map([['web', 6]]), ...dbChanges }),
  ];
  const peerOf = ([web, db]: readonly Place[]) =>
    web === undefined ? undefined : resolvePeer(toDb, web, nodeWith(), db === undefined ? [web] : [web, db]);

  it('is the other pod’s link, when each netns has the id that the other’s link names', () => {
    expect(peerOf(pair())).toMatchObject({ where: 'pod', link: toWeb, place: { title: 'pod db' } });
  });

  it('is not the other pod’s link of the right ifindex, when an id stands for another netns', () => {
    expect(peerOf(pair({ nsids: new Map([['db', 9]]) }))).toEqual(elsewhere);
    expect(peerOf(pair({}, { nsids: new Map([['web', 9]]) }))).toEqual(elsewhere);
  });

  it('is not in another pod that shares the netns', () => {
    expect(peerOf(pair({}, { inode: 100 }))).toEqual(elsewhere);
  });

  it('is unknown where ids could not be read, or have no name to be told by', () => {
    const lost = unreadable('lost');
    expect(peerOf(pair({ nsids: lost }))).toEqual(lost);
    expect(peerOf(pair({}, { name: undefined }))).toEqual({
      $unreadable: 'a link of pod web may end in pod db, which its netns has no name for to confirm it by',
    });
  });

  it('is unknown where another pod’s links could not be read: it could be among them', () => {
    const lost = unreadable('lost');
    expect(peerOf(pair({}, { links: lost }))).toEqual(lost);
  });

  it('is elsewhere when no pod that was read has it', () => {
    expect(peerOf(pair().slice(0, 1))).toEqual(elsewhere);
  });
});

describe('the other end of a node’s link', () => {
  const peerOf = (...pods: readonly Place[]) => resolvePeer(veth7, nodeWith(veth7), nodeWith(veth7), pods);

  it('is the link of the pod whose id it names', () => {
    const [web, db] = [podWith(eth0), other({ links: [eth0] })];
    expect(peerOf(db, web)).toEqual({ where: 'pod', link: eth0, place: web });
  });

  it('is elsewhere when the id is no pod’s, though a pod has a link that fits', () => {
    expect(peerOf(other({ links: [eth0] }))).toEqual(elsewhere);
    expect(peerOf()).toEqual(elsewhere);
  });

  it('is unknown when a pod’s id is, or the links of the pod that it leads to', () => {
    const lost = unreadable('lost');
    expect(peerOf(other({ nsid: lost }))).toEqual(lost);
    expect(peerOf(place({ links: lost }))).toEqual(lost);
    expect(peerOf(other({ nsid: lost }), podWith(eth0))).toMatchObject({ where: 'pod' });
  });

  it('is unknown when the pod that it leads to has no link that names it back', () => {
    expect(peerOf(podWith(link('eth0', 2, toward(8, 0))))).toEqual({
      $unreadable: 'veth7 of node n names a link of pod web as its other end, which does not name it back',
    });
  });
});
