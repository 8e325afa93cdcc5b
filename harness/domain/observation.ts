import type { DroppedBytes } from './cluster.js';
import type { Facts } from './fact-types.js';

/** A command that was run for a fact, and what it answered. Enough to run it again by hand. */
export interface Evidence {
  readonly node: string;
  readonly argv: readonly string[];
  /** One line for a shell on the machine that netclaims ran on. */
  readonly replay: string;
  /** ISO 8601. */
  readonly at: string;
  /** null when the command could not be started or was cut off. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** How many bytes of each are missing in its middle; only where some are. Such a text cannot be judged. */
  readonly dropped?: DroppedBytes;
}

/** A named snapshot of all facts. */
export interface Observation {
  readonly name: string;
  /** When collecting began, ISO 8601. */
  readonly at: string;
  readonly durationMs: number;
  readonly pods: Readonly<Record<string, Facts<'Pod'>>>;
  readonly nodes: Readonly<Record<string, Facts<'Node'>>>;
  readonly cluster: Facts<'Cluster'>;
  readonly evidence: readonly Evidence[];
  /** Which evidence a fact comes from: a path such as `pods.web.links` (it speaks for all below it) to an index of `evidence`. */
  readonly sources: Readonly<Record<string, number>>;
}

/** The result of a probe step: what it printed, or why it has no result. */
export type ProbeResult =
  | {
      readonly name: string;
      readonly read: true;
      readonly evidence: Evidence & { readonly exitCode: number };
      /** Why the command broke, so that its exit code and its output answer nothing; only where it did. */
      readonly broken?: string;
    }
  | { readonly name: string; readonly read: false; readonly reason: string; readonly replay: string };
