import type { Verdict } from './verdict.js';
import type { Failure } from './failure.js';

/**
 * What a run tells of itself while it goes on, for whoever shows progress. Scenarios run beside each other, so the events of
 * several are interleaved; those of one world come in order. Every `-started` is followed by its `-finished`, also when it failed.
 */
export type RunEvent = Elapsed &
  (
    | { readonly kind: 'cluster-phase'; readonly phase: string }
    /** `cluster` is one line: provider, network, nodes. */
    | { readonly kind: 'cluster-ready'; readonly cluster: string }
    /** The scenarios' names, in the report's order. */
    | { readonly kind: 'run-started'; readonly scenarios: readonly string[] }
    /** Until another run gives the cluster back. */
    | { readonly kind: 'waiting'; readonly holder: string }
    | { readonly kind: 'scenario-started'; readonly scenario: string }
    /** `steps`: how many it has; a `repeat` counts once. */
    | ({ readonly kind: 'world-started'; readonly steps: number } & WorldName)
    | ({ readonly kind: 'step-started' } & StepName)
    | ({ readonly kind: 'step-finished' } & StepName & Outcome)
    | ({ readonly kind: 'world-finished' } & WorldName & Outcome)
    | {
        readonly kind: 'scenario-finished';
        readonly scenario: string;
        readonly verdict: Verdict;
        readonly durationMs: number;
        /** The namespaces that were left for looking around in (`--keep`). */
        readonly kept?: readonly string[];
      }
  );

interface Elapsed {
  /** Since the run began. */
  readonly elapsedMs: number;
}

interface Outcome {
  readonly durationMs: number;
  /** Why it failed, or null. */
  readonly failure: Failure | null;
}

/** A world by the names in the scenario file: `control` is null for the scenario's own. */
export interface WorldName {
  readonly scenario: string;
  readonly control: string | null;
}

/** A step, or applying a world's manifests, which comes before the first and has the index 0. */
export interface StepName extends WorldName {
  /** Counts from 1. */
  readonly index: number;
  /** What it does, in a few words, e.g. `observe now`, `kill nginx/nginx`, `apply manifests`. */
  readonly step: string;
}

/** Takes the events of a run; must not throw, and must not wait. */
export type RunObserver = (event: RunEvent) => void;
