import type { Failure } from './failure.js';
import type { Observation, ProbeResult } from './observation.js';

/** What happened in one world: all that judging needs. */
export interface WorldRecord {
  /** In the order in which they were made. */
  readonly observations: readonly Observation[];
  readonly probes: readonly ProbeResult[];
  readonly unmetWaits: readonly UnmetWait[];
  /** Why the world ended before its last step; what was not seen by then is unknown for this reason. */
  readonly failure: Failure | undefined;
  /** For a world that ended early; without it, nobody can say whether its last observation is the one that was meant. */
  readonly missed?: MissedSteps;
}

/** The names that the steps after a world's early end would have observed or probed (again). */
export interface MissedSteps {
  readonly observations: readonly string[];
  readonly probes: readonly string[];
}

/** A `wait` whose condition was read and was false when its time was up (or did not stay true). */
export interface UnmetWait {
  /** The CEL source of its `until`. */
  readonly until: string;
  readonly message: string;
  readonly values: readonly SubExpressionValue[];
}

/** What one part of an expression evaluated to. */
export interface SubExpressionValue {
  readonly expression: string;
  /** As CEL would write it, cut to a readable length. */
  readonly value: string;
}
