import type { LinkBox, NetnsBox, NodeBox, Wire } from '../topology/topology.js';
import { linkCard, netnsCard, wishedWidth, type Card, type CardDetail, type Item } from './card.js';
import { Graph, layout } from './dagre.js';
import type { Frame, Rectangle } from './picture.js';

/** A node's part of a picture, its corner at 0, 0. */
export interface ArrangedNode {
  readonly width: number;
  readonly height: number;
  readonly frames: readonly Frame[];
  readonly items: readonly Item[];
}

const header = 34;
const margin = 16;
const widest = 360;

/**
 * Pods on the left, then the ends of their veths, then the bridges that these are in, then what else is in the node's netns. Which of
 * them is where among its neighbours is the layout library's work.
 */
export const arrangeNode = (node: NodeBox, wires: readonly Wire[], detail: CardDetail): ArrangedNode => {
  const { root, pods } = node;
  const parts = partsOfRoot(root, wires);
  const podWidth = clamp(Math.max(...pods.map(({ links }) => wishedWidth(links)), 0) + 24, 268, widest);
  const endWidth = clamp(wishedWidth([...parts.ends, ...parts.masters]), 120, widest);
  const cards = new Map<string, Card>([
    ...pods.map(
      (pod) => [pod.id, netnsCard(pod, shownLinks(pod, detail), podWidth, header, detail)] as const,
    ),
    ...parts.ends.map((link) => [link.id, linkCard(link, endWidth)] as const),
    // As tall as what is plugged into it.
    ...parts.masters.map((link) => [link.id, linkCard(link, endWidth, membersOf(link, wires) * 44)] as const),
    [root.id, netnsCard(root, parts.rest, clamp(wishedWidth(parts.rest) + 24, 230, widest), 12, detail)],
  ]);
  const places = placesOf(cards, edgesOf(node, parts, wires));
  const at = (id: string): Rectangle => places.get(id) ?? { x: 0, y: 0, width: 0, height: 0 };
  const inRoot = [...parts.ends, ...parts.masters].map(({ id }) => at(id));
  const rootFrame = around([...inRoot, at(root.id)], { top: header, side: 10 });
  const podFrames = pods.map((pod) => ({ pod, place: at(pod.id) }));
  const outer = around([rootFrame, ...podFrames.map(({ place }) => place)], {
    top: header + 6,
    side: margin,
  });
  const frames: readonly Frame[] = [
    {
      ...outer,
      thing: node,
      look: 'node',
      name: node.name,
      note: `node · kernel ${node.facts.kernel ?? ''}`,
    },
    { ...rootFrame, thing: root, look: 'root', name: "node's netns", note: noteOf(root) },
    ...podFrames.map(({ pod, place }): Frame => ({
      ...{ ...place, thing: pod, look: 'pod', name: pod.name, note: noteOf(pod) },
    })),
  ];
  const move = <T extends Rectangle>(one: T): T => ({ ...one, x: one.x - outer.x, y: one.y - outer.y });
  const items = [...cards].flatMap(([id, card]) =>
    card.items.map((item) => move({ ...item, x: item.x + at(id).x, y: item.y + at(id).y })),
  );
  return { width: outer.width, height: outer.height, frames: frames.map(move), items };
};

interface RootParts {
  readonly ends: readonly LinkBox[];
  readonly masters: readonly LinkBox[];
  readonly rest: readonly LinkBox[];
}

const partsOfRoot = ({ links }: NetnsBox, wires: readonly Wire[]): RootParts => {
  const isMaster = ({ id }: LinkBox): boolean => wires.some(({ kind, to }) => kind === 'master' && to === id);
  const isEnd = (link: LinkBox): boolean =>
    !isMaster(link) && wires.some(({ from, to }) => from === link.id || to === link.id);
  return {
    ends: links.filter(isEnd),
    masters: links.filter(isMaster),
    rest: links.filter((link) => !isMaster(link) && !isEnd(link)),
  };
};

const membersOf = ({ id }: LinkBox, wires: readonly Wire[]): number =>
  wires.filter(({ kind, to }) => kind === 'master' && to === id).length;

/** Loopbacks are all alike; of many pods they are left out. */
const shownLinks = ({ links }: NetnsBox, detail: CardDetail): readonly LinkBox[] =>
  detail === 'full' ? links : links.filter(({ kind }) => kind !== 'loopback');

type Edge = readonly [from: string, to: string];

const edgesOf = (
  { root, pods }: NodeBox,
  { ends, masters }: RootParts,
  wires: readonly Wire[],
): readonly Edge[] => {
  const home = new Map(pods.flatMap((pod) => pod.links.map((link) => [link.id, pod.id] as const)));
  const own = new Set([...ends, ...masters].map(({ id }) => id));
  const real = wires.flatMap(({ from, to }): readonly Edge[] => {
    const [a, b] = [home.get(from) ?? from, home.get(to) ?? to];
    return own.has(b) && (home.has(from) || own.has(a)) && a !== b ? [[a, b]] : [];
  });
  // These only keep the rest to the right of everything.
  const last = masters.length > 0 ? masters : ends.length > 0 ? ends : pods;
  return [...real, ...last.map(({ id }): Edge => [id, root.id])];
};

const placesOf = (
  cards: ReadonlyMap<string, Card>,
  edges: readonly Edge[],
): ReadonlyMap<string, Rectangle> => {
  const graph = new Graph();
  // The fastest of its rankers by far, and as good for layers as plain as these.
  graph.setGraph({ rankdir: 'LR', nodesep: 14, ranksep: 48, ranker: 'tight-tree' });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const [id, { width, height }] of cards) graph.setNode(id, { width, height });
  for (const [from, to] of edges) graph.setEdge(from, to);
  layout(graph);
  return new Map(
    [...cards].map(([id, { width, height }]) => {
      const { x, y } = graph.node(id);
      return [id, { x: Math.round(x - width / 2), y: Math.round(y - height / 2), width, height }];
    }),
  );
};

const around = (
  all: readonly Rectangle[],
  { top, side }: { readonly top: number; readonly side: number },
): Rectangle => {
  const x = Math.min(...all.map((one) => one.x)) - side;
  const y = Math.min(...all.map((one) => one.y)) - top;
  return {
    x,
    y,
    width: Math.max(...all.map((one) => one.x + one.width)) + side - x,
    height: Math.max(...all.map((one) => one.y + one.height)) + side - y,
  };
};

const noteOf = ({ facts }: NetnsBox): string => `netns ${facts.inode ?? '?'}`;

const clamp = (value: number, least: number, most: number): number =>
  Math.round(Math.min(most, Math.max(least, value)));
