import type { KubeConfig } from '@kubernetes/client-node';
import type { ProviderName } from '../../domain/cluster-provider.js';
import type { Node } from '../../domain/cluster.js';
import type { Footing } from '../ground/watch-ground.js';

/** What a Kubernetes cluster is reached by, however it came to be. */
export interface KubernetesConnection {
  readonly provider: ProviderName;
  /** What talks to its API, or the text of a kubeconfig. */
  readonly kubeConfig: KubeConfig | string;
  /** The name of its network; undefined to find it out. */
  readonly cni: string | undefined;
  /** Its nodes, by their names in Kubernetes. */
  readonly nodes: readonly Node[];
  /** Sees to it that every node has these images, before pods of them are applied; without it, nodes pull them. */
  readonly images?: (references: readonly string[], signal: AbortSignal) => Promise<void>;
  /** The beginning of each kubectl command that a person may paste. */
  readonly kubectl?: readonly string[];
  /** An image with busybox' tools, for finding out what the cluster can do; `busybox` where none is given. */
  readonly probeImage?: string;
  /** What it stands on besides its API server. */
  readonly footings: readonly Footing[];
  /** Told of each phase as it begins. */
  readonly progress: (phase: string) => void;
}
