import type { Topology, Wire } from '../topology/topology.js';
import { arrangeNode } from './arrange-node.js';
import type { Item } from './card.js';
import type { Picture, PlacedWire } from './picture.js';

/** With more pods than this on a node, each is told in fewer lines. */
const manyPods = 24;
const between = 24;

/** A picture of a topology: its nodes below each other, wires from end to end. */
export const arrange = ({ nodes, wires }: Topology): Picture => {
  let y = 0;
  const arranged = nodes.map((node) => {
    const part = arrangeNode(node, wires, node.pods.length > manyPods ? 'dense' : 'full');
    const shifted = {
      frames: part.frames.map((frame) => ({ ...frame, y: frame.y + y })),
      items: part.items.map((item) => ({ ...item, y: item.y + y })),
      width: part.width,
    };
    y += part.height + between;
    return shifted;
  });
  const items = arranged.flatMap((part) => part.items);
  const links = new Map(
    items.flatMap((item) => (item.kind === 'link' ? [[item.thing?.id, item] as const] : [])),
  );
  return {
    width: Math.max(0, ...arranged.map(({ width }) => width)),
    height: Math.max(0, y - between),
    frames: arranged.flatMap(({ frames }) => frames),
    items,
    wires: wires.flatMap((wire) => {
      const [from, to] = [links.get(wire.from), links.get(wire.to)];
      return from === undefined || to === undefined ? [] : [placed(wire, from, to)];
    }),
  };
};

const placed = (wire: Wire, from: Item, to: Item): PlacedWire => {
  const [left, right] = from.x <= to.x ? [from, to] : [to, from];
  if (left.x + left.width <= right.x) {
    const start = { x: left.x + left.width, y: middle(left) };
    // What is taller, such as a bridge, is met where the wire comes from.
    const y = Math.min(Math.max(start.y, right.y + 10), right.y + right.height - 10);
    return { wire, from: start, to: { x: right.x, y }, shape: 'across' };
  }
  return {
    wire,
    from: { x: from.x, y: middle(from) },
    to: { x: to.x, y: middle(to) },
    shape: 'around',
  };
};

const middle = ({ y, height }: Item): number => y + height / 2;
