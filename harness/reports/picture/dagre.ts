import * as dagre from '@dagrejs/dagre';

/** The part of a graph of dagre's that is used here. Its own declarations name files without their endings, which Node does not find. */
interface DagreGraph {
  setGraph(options: Readonly<Record<string, string | number>>): void;
  setDefaultEdgeLabel(label: () => object): void;
  setNode(id: string, size: { readonly width: number; readonly height: number }): void;
  setEdge(from: string, to: string): void;
  /** Its middle, once it was laid out. */
  node(id: string): { readonly x: number; readonly y: number };
}

export const { Graph, layout } = dagre as unknown as {
  readonly Graph: new () => DagreGraph;
  readonly layout: (graph: DagreGraph) => void;
};
