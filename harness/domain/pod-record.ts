import type { Json, Unreadable } from './fact-types.js';

/** A pod as the container runtime records it: where to look for its namespaces and processes. */
export interface PodRecord {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly node: string;
  readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
  /** What keeps it from running, or from being given another sandbox; empty when nothing does. */
  readonly trouble: string | Unreadable;
  readonly hostNetwork: boolean;
  readonly ips: readonly string[];
  /** A path on the node that names the netns (a file to enter with nsenter); empty when the sandbox has none any more. */
  readonly netnsPath: string;
  readonly sandbox: {
    readonly id: string;
    readonly pid: number;
    readonly image: string;
    readonly ready: boolean;
  };
  /** In the manifest's order, init containers left out. */
  readonly containers: readonly ContainerRecord[];
  readonly cni: { readonly network: string; readonly result: Json };
  /** Why the runtime could not be asked, if it could not: netns, sandbox, cni and the containers' pids say nothing then. */
  readonly unreadable?: string;
}

export interface ContainerRecord {
  readonly name: string;
  readonly id: string;
  /** -1 when it is not running. */
  readonly pid: number;
  readonly image: string;
  readonly restarts: number;
  readonly state: 'created' | 'running' | 'exited' | 'unknown';
}

/** Whether there is a netns of the pod's own to look into: an absolute path, of which scripts on nodes read a line by its words. */
export const hasOwnNetns = ({
  hostNetwork,
  netnsPath,
}: Pick<PodRecord, 'hostNetwork' | 'netnsPath'>): boolean => !hostNetwork && /^\/\S+$/.test(netnsPath);
