import type { Facts, Json } from './fact-types.js';
import type { Verdict } from './verdict.js';

/** How a cluster looked once: some pods of every node, its nodes and its verdicts, without what differs from one run to the next. */
export interface Baseline {
  readonly apiVersion: 'netclaims.dev/v1';
  readonly kind: 'Baseline';
  readonly cluster: Omit<Facts<'Cluster'>, 'capabilities' | 'network'>;
  /** By the node's place among the nodes: `node-1`. */
  readonly node: Readonly<Record<string, Look>>;
  /** By name: the pods that netclaims made to look at them. */
  readonly pod: Readonly<Record<string, Look>>;
  /** By the scenario's name. */
  readonly claim: Readonly<Record<string, BaselineClaim>>;
}

/** Facts whose identifiers are replaced by what they stand for, and whose lists have become maps by what tells their parts apart. */
export type Look = Readonly<Record<string, Json>>;

export interface BaselineClaim {
  readonly verdict: Verdict;
  /** By id. */
  readonly expectation: Readonly<Record<string, Verdict>>;
}

/** A place where two baselines are not alike. */
export interface BaselineDifference {
  /** The keys that lead to it. */
  readonly path: readonly string[];
  /** undefined where only the later one has the place. */
  readonly was?: Json;
  /** undefined where only the earlier one has it. */
  readonly is?: Json;
}
