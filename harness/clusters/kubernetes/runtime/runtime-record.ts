import type { Json } from '../../../domain/fact-types.js';
import type { ContainerRecord } from '../../../domain/pod-record.js';

/** What a node's container runtime has of the pods of a namespace. */
export interface RuntimeRecords {
  readonly sandboxes: readonly SandboxRecord[];
  readonly containers: readonly RuntimeContainer[];
  readonly network: NodeNetwork;
}

/** The network of the node's pods, as the first of its CNI configurations has it; empty where it has none. */
export interface NodeNetwork {
  readonly name: string;
  /** The types of its plugins, in the order of the chain. */
  readonly plugins: readonly string[];
}

export interface SandboxRecord {
  readonly id: string;
  readonly podUid: string;
  /** Counts a pod's sandboxes. */
  readonly attempt: number;
  readonly ready: boolean;
  /** -1 when it has none. */
  readonly pid: number;
  readonly image: string;
  /** Empty when it has none, or it is closed. */
  readonly netnsPath: string;
  readonly cniResult: Json;
}

export interface RuntimeContainer {
  readonly id: string;
  readonly podUid: string;
  readonly name: string;
  /** Counts a container's restarts. */
  readonly attempt: number;
  readonly state: ContainerRecord['state'];
  /** -1 when it does not run. */
  readonly pid: number;
}
