import type { Verdict } from './verdict.js';
import type { Trouble } from './world-record.js';

/**
 * What a run tells of itself while it goes on, for whoever shows progress. Scenarios run beside each other, so the events of
 * several are interleaved; those of one world come in order. Every `-started` is followed by its `-finished`, also when it failed.
 */
export type RunEvent = { /** Since the run began. */ readonly elapsedMs: number } & (
  | { readonly kind: 'cluster-phase'; readonly phase: string }
  | { readonly kind: 'cluster-ready'; /** One line: provider, network, nodes. */ readonly cluster: string }
  | {
      readonly kind: 'run-started';
      /** The scenarios' names, in the report's order. */ readonly scenarios: readonly string[];
    }
  | { readonly kind: 'scenario-started'; readonly scenario: string }
  | ({
      readonly kind: 'world-started';
      /** How many steps it has; a `repeat` counts once. */ readonly steps: number;
    } & WorldName)
  | ({ readonly kind: 'step-started' } & StepName)
  | ({
      readonly kind: 'step-finished';
      readonly durationMs: number;
      readonly trouble: Trouble | null;
    } & StepName)
  | ({
      readonly kind: 'world-finished';
      readonly durationMs: number;
      readonly trouble: Trouble | null;
    } & WorldName)
  | {
      readonly kind: 'scenario-finished';
      readonly scenario: string;
      readonly verdict: Verdict;
      readonly durationMs: number;
    }
);

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
