/** What a failure does to the rest of a run, beyond the world that it struck. */
export type FailureEffect =
  /** Nothing else on this cluster can go on. */
  | 'ends-the-cluster'
  /** The time of something that contains the work was up. */
  | 'out-of-time';

/** One code as its table has it. */
export interface FailureRow {
  /** One sentence that is true of every failure with the code. */
  readonly meaning: string;
  /** One imperative, for a failure that brings no remedy of its own. */
  readonly remedy: string;
  readonly effect?: FailureEffect;
}

/** The rows of one area, by code. */
export type FailureRows = Readonly<Record<string, FailureRow>>;
