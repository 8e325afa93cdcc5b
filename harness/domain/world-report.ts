import type { Diagnosis } from './artifact.js';
import type { Failure } from './failure.js';
import type { Footprint } from './footprint.js';
import type { Observation, ProbeResult } from './observation.js';

/** What happened in one world, complete enough to be judged again without a cluster. */
export interface WorldReport {
  /** What it touches beyond its own pods. A report of an older run does not have it, nor does a tutorial's. */
  readonly footprint?: Footprint;
  /** The `let` entries in force, in order. */
  readonly let: Readonly<Record<string, string>>;
  readonly observations: Readonly<Record<string, Observation>>;
  readonly probes: Readonly<Record<string, ProbeResult>>;
  readonly unmetWaits: readonly UnmetWait[];
  /** Why the world ended before its last step. */
  readonly failure: Failure | null;
  /** What it stood on was lost while it ran, so that nothing seen in it can be relied on. */
  readonly groundLost?: Failure;
  /** What went wrong after its last step: it was not removed, or left something behind. Changes no verdict of its own; only where there is any. */
  readonly cleanup?: readonly Failure[];
  /** Only where the world ended early. */
  readonly missed?: MissedSteps;
  /** What was saved of it, where it did not go as it had to and that was asked for. */
  readonly diagnosis?: Diagnosis;
  /** Why the cluster cannot have this world (what it `requires`, a kind of object); only where it was not made for that reason. */
  readonly notApplicable?: string;
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
