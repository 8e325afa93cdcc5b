import type { LinkBox, NetnsBox, NodeBox, Wire } from '../topology/topology.js';
import { linkCard, netnsCard, wishedWidth, type Card, type CardDetail, type Item } from './card.js';
import type { Frame, Rectangle } from './picture.js';
import { around, between, placed, type Edge } from './placing.js';
import { rootPartsOf, type RootParts } from './root-parts.js';

/** A node's part of a picture, its corner at 0, 0. */
export interface ArrangedNode {
  readonly width: number;
  readonly height: number;
  readonly frames: readonly Frame[];
  readonly items: readonly Item[];
}

const header = 34;
const margin = 16;
const gap = 48;
const widest = 360;

/**
 * Pods on the left, each with the node's ends of its veths beside it, then the bridges that these are in, then what else is in the
 * node's netns. Which of them is where among its neighbours is the layout library's work.
 */
export const arrangeNode = (node: NodeBox, wires: readonly Wire[], detail: CardDetail): ArrangedNode => {
  const parts = rootPartsOf(node, wires);
  const cards = cardsOf(node, parts, detail);
  const places = placesOf(node, parts, cards, wires);
  const at = (id: string): Rectangle => places.get(id) ?? { x: 0, y: 0, width: 0, height: 0 };
  const { root, pods } = node;
  const rootFrame = around(
    [...places].flatMap(([id, place]) => (pods.some((pod) => pod.id === id) ? [] : [place])),
    { top: header, side: 10 },
  );
  const outer = around([rootFrame, ...pods.map(({ id }) => at(id))], { top: header + 6, side: margin });
  const note = `node · kernel ${node.facts.kernel ?? ''}`;
  const frames: readonly Frame[] = [
    { ...outer, thing: node, look: 'node', name: node.name, note },
    { ...rootFrame, thing: root, look: 'root', name: "node's netns", note: noteOf(root) },
    ...pods.map((pod): Frame => ({
      ...at(pod.id),
      thing: pod,
      look: 'pod',
      name: pod.name,
      note: noteOf(pod),
    })),
  ];
  const move = <T extends Rectangle>(one: T): T => ({ ...one, x: one.x - outer.x, y: one.y - outer.y });
  const items = [...cards].flatMap(([id, card]) =>
    card.items.map((item) => {
      const { x, y, height } = at(id);
      const isWhole = card.items.length === 1 && item.kind === 'link' && item.x === 0;
      return move({ ...item, x: item.x + x, y: item.y + y, height: isWhole ? height : item.height });
    }),
  );
  return { width: outer.width, height: outer.height, frames: frames.map(move), items };
};

const cardsOf = (
  { root, pods }: NodeBox,
  parts: RootParts,
  detail: CardDetail,
): ReadonlyMap<string, Card> => {
  const alone = root.links.filter(({ id }) => !parts.rest.some((one) => one.id === id));
  const podWidth = clamp(Math.max(...pods.map(({ links }) => wishedWidth(links)), 0) + 24, 268, widest);
  const linkWidth = clamp(wishedWidth(alone), 120, widest);
  const restWidth = clamp(wishedWidth(parts.rest) + 24, 230, widest);
  return new Map([
    ...pods.map(
      (pod) => [pod.id, netnsCard(pod, shownLinks(pod, detail), podWidth, header, detail)] as const,
    ),
    ...alone.map((link) => [link.id, linkCard(link, linkWidth)] as const),
    [root.id, netnsCard(root, parts.rest, restWidth, 12, detail)],
  ]);
};

/** Loopbacks are all alike; of many pods they are left out. */
const shownLinks = ({ links }: NetnsBox, detail: CardDetail): readonly LinkBox[] =>
  detail === 'full' ? links : links.filter(({ kind }) => kind !== 'loopback');

const placesOf = (
  { root, pods }: NodeBox,
  { beside, loose, masters }: RootParts,
  cards: ReadonlyMap<string, Card>,
  wires: readonly Wire[],
): ReadonlyMap<string, Rectangle> => {
  const sizeOf = (id: string): Pick<Card, 'width' | 'height'> => cards.get(id) ?? { width: 0, height: 0 };
  const endWidth = Math.max(0, ...[...beside.keys()].map((end) => sizeOf(end).width));
  // A pod and the ends beside it are placed as one.
  const withEnds = ({ id }: NetnsBox) => ({ ...sizeOf(id), width: sizeOf(id).width + gap + endWidth });
  const sizes = new Map([
    ...pods.map((pod) => [pod.id, endWidth === 0 ? sizeOf(pod.id) : withEnds(pod)] as const),
    ...[...loose, ...masters, root].map(({ id }) => [id, sizeOf(id)] as const),
  ]);
  const whole = placed(sizes, edgesOf(root.id, sizes, beside, wires));
  if (masters.length <= 1) stackInOrder(pods, whole);
  const places = new Map(
    [...whole].map(([id, place]) => [id, { ...place, width: sizeOf(id).width }] as const),
  );
  for (const [end, { pod, link }] of beside) {
    const home = places.get(pod);
    const item = cards.get(pod)?.items.find(({ thing }) => thing?.id === link);
    if (home === undefined || item === undefined) continue;
    const size = sizeOf(end);
    const middle = home.y + item.y + item.height / 2;
    places.set(end, { ...size, x: home.x + home.width + gap, y: middle - size.height / 2 });
  }
  const [master, ...others] = masters;
  if (master !== undefined && others.length === 0) stretch(master.id, places, wires);
  return places;
};

/** Where nothing tells pods apart by their place, they keep the order of their names. */
const stackInOrder = (pods: readonly NetnsBox[], places: Map<string, Rectangle>): void => {
  let y = Math.min(...pods.map(({ id }) => places.get(id)?.y ?? 0));
  for (const { id } of pods) {
    const place = places.get(id);
    if (place === undefined) continue;
    places.set(id, { ...place, y });
    y += place.height + between;
  }
};

/** A lone bridge is as tall as what is plugged into it. */
const stretch = (master: string, places: Map<string, Rectangle>, wires: readonly Wire[]): void => {
  const own = places.get(master);
  const members = wires.flatMap(({ kind, from, to }) =>
    kind === 'master' && to === master ? (places.get(from) ?? []) : [],
  );
  if (own === undefined || members.length === 0) return;
  const top = Math.min(...members.map(({ y }) => y));
  const bottom = Math.max(...members.map(({ y, height }) => y + height));
  if (bottom - top > own.height) places.set(master, { ...own, y: top, height: bottom - top });
};

const edgesOf = (
  root: string,
  sizes: ReadonlyMap<string, unknown>,
  beside: RootParts['beside'],
  wires: readonly Wire[],
): readonly Edge[] => {
  const boxOf = (link: string): string => beside.get(link)?.pod ?? link;
  const real = wires
    .map(({ from, to }): Edge => [boxOf(from), boxOf(to)])
    .filter(([from, to]) => from !== to && sizes.has(from) && sizes.has(to));
  const left = new Set(real.map(([from]) => from));
  // What leads nowhere leads to the rest, which is so kept to the right of everything.
  return [
    ...real,
    ...[...sizes.keys()].filter((id) => id !== root && !left.has(id)).map((id): Edge => [id, root]),
  ];
};

const noteOf = ({ facts }: NetnsBox): string => `netns ${facts.inode ?? '?'}`;

const clamp = (value: number, least: number, most: number): number =>
  Math.round(Math.min(most, Math.max(least, value)));
