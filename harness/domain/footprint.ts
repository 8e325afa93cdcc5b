import type { Position } from './manifest.js';

/** What a world touches beyond its own pods, from the least to the most. */
export const allTouches = ['none', 'reads-nodes', 'changes-nodes'] as const;

/** `none`: facts of its own pods only. `reads-nodes`: facts of nodes. `changes-nodes`: nodes themselves. */
export type Touches = (typeof allTouches)[number];

/** One place in a file from which a footprint follows. */
export interface FootprintReason {
  readonly touches: Touches;
  readonly why: string;
  readonly file: string;
  readonly position: Position;
  /** What its author could write for it to touch less: a clause. Absent where nothing is known, or the author has said so. */
  readonly narrow?: string;
}

/** What a world touches, known before it runs. */
export interface Footprint {
  readonly touches: Touches;
  /** Empty when it touches nothing. */
  readonly reasons: readonly FootprintReason[];
}

/** Of a world that touches only its own pods. */
export const noFootprint: Footprint = { touches: 'none', reasons: [] };

/** The footprint of these reasons: the one that touches most decides. */
export const footprintOf = (reasons: readonly FootprintReason[]): Footprint => ({
  touches: mostOf(reasons.map(({ touches }) => touches)),
  reasons,
});

/** The one of these that touches most; `none` of none. */
export const mostOf = (touches: readonly Touches[]): Touches =>
  allTouches.findLast((each) => touches.includes(each)) ?? 'none';

/** The reasons that touch as much as the footprint: without all of them, it would touch less. */
export const decisiveReasons = ({ touches, reasons }: Footprint): readonly FootprintReason[] =>
  reasons.filter((reason) => reason.touches === touches);
