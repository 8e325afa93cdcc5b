import { Graph, layout } from './dagre.js';
import type { Rectangle } from './picture.js';

/** The room between boxes in a column. */
export const between = 14;

export type Edge = readonly [from: string, to: string];

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Places boxes of these sizes in columns from left to right, each edge leading to the right. */
export const placed = (sizes: ReadonlyMap<string, Size>, edges: readonly Edge[]): Map<string, Rectangle> => {
  const graph = new Graph();
  // The fastest of its rankers by far, and as good for layers as plain as these.
  graph.setGraph({ rankdir: 'LR', nodesep: between, ranksep: 48, ranker: 'tight-tree' });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const [id, size] of sizes) graph.setNode(id, { ...size });
  for (const [from, to] of edges) graph.setEdge(from, to);
  layout(graph);
  return new Map(
    [...sizes].map(([id, { width, height }]) => {
      const { x, y } = graph.node(id);
      return [id, { x: Math.round(x - width / 2), y: Math.round(y - height / 2), width, height }];
    }),
  );
};

/** The rectangle around others, with so much room at its top and at its other sides. */
export const around = (
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
