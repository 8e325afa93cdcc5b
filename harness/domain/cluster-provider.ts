import type { Cluster } from './cluster.js';

export const providerNames = ['containerd', 'kind', 'kubeconfig'] as const;
export type ProviderName = (typeof providerNames)[number];

export const ipFamilies = ['ipv4', 'ipv6', 'dual'] as const;
export type IpFamily = (typeof ipFamilies)[number];

export interface ClusterOptions {
  /** A built-in network's name (`bridge`, `ptp`, `macvlan`) or the path of a conflist; undefined for the provider's default. */
  readonly cni: string | undefined;
  /** A folder with CNI plugin binaries beside the usual ones. */
  readonly cniBinDir: string | undefined;
  /** The plugins of that folder may be for another network that the same command tries. */
  readonly otherNetworks?: boolean | undefined;
  readonly nodes: number;
  /** Image archives (OCI or Docker format) to load on every node. */
  readonly load: readonly string[];
  /** The image that nodes are made of, where they are containers; undefined for the provider's default. */
  readonly nodeImage?: string | undefined;
  /** By which protocols pods and services have addresses, where a provider has a choice; undefined for IPv4. */
  readonly ipFamily?: IpFamily | undefined;
  /** The kubeconfig of a cluster that exists, and a context of it; undefined for those that kubectl would use. */
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  /** The image of the pods by which commands run on nodes of such a cluster; undefined for `busybox`. */
  readonly nodePodImage?: string | undefined;
  /** Lets other processes attach to the cluster by this name; undefined for a cluster that only its maker uses. */
  readonly name: string | undefined;
  /** `kept` stays up when its maker ends, until it is removed by its name; `held` ends with its maker, however that ends. */
  readonly life: 'held' | 'kept';
  /** Told of each phase as it begins, for the progress display. */
  readonly progress: (phase: string) => void;
}

/** Why a provider cannot be used on this machine, and what would mend it. */
export interface Refusal {
  readonly reason: string;
  readonly remedy: string;
}

export interface KeptCluster {
  readonly name: string;
  readonly provider: ProviderName;
  readonly cni: string;
  readonly nodes: readonly string[];
  /** ISO 8601. */
  readonly createdAt: string;
  /** One shell line that enters the first node. */
  readonly enter: string;
}

/** Makes clusters of one kind. A new kind is one implementation and one line in clusters/index.ts. */
export interface ClusterProvider {
  readonly name: ProviderName;
  refusal(): Promise<Refusal | undefined>;
  /** Why `auto` passes it over although it can be used: it would be slow here, or what it needs is still to be fetched. */
  reluctance?(options: Pick<ClusterOptions, 'nodeImage'>): Promise<Refusal | undefined>;
  create(options: ClusterOptions, signal: AbortSignal): Promise<Cluster>;
  /**
   * Connects to a named cluster; undefined when there is none of that name. Disposing of it leaves the cluster up.
   * @param progress told of each phase as it begins, and of what killed runs left there that cannot be removed
   */
  attach(name: string, progress: (phase: string) => void, signal: AbortSignal): Promise<Cluster | undefined>;
  list(): Promise<readonly KeptCluster[]>;
  /** Whether there was one of that name. */
  remove(name: string): Promise<boolean>;
  /**
   * Removes what runs left that were killed; never what a living run or a kept cluster owns, nor what has an owner that cannot be asked. Goes on
   * after a failure. @throws NetclaimsError what could not be removed
   */
  sweep(): Promise<void>;
}
