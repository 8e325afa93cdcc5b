import type { Thing, Wire } from '../topology/topology.js';
import type { Item } from './card.js';

/** A topology with a place for everything in it. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Nodes and network namespaces, from the outside in. */
  readonly frames: readonly Frame[];
  readonly items: readonly Item[];
  readonly wires: readonly PlacedWire[];
}

export interface Frame extends Rectangle {
  readonly thing: Thing;
  readonly look: 'node' | 'root' | 'pod';
  readonly name: string;
  readonly note: string;
}

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedWire {
  readonly wire: Wire;
  readonly from: Point;
  readonly to: Point;
  /** Between two points on the same side of things it goes out and back again; else it goes across. */
  readonly shape: 'across' | 'around';
}

export interface Point {
  readonly x: number;
  readonly y: number;
}
