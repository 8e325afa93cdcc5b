import type { Subnets } from '../network/ip-family.js';

/** Where the API server listens on its node. */
export const apiServerPort = 6443;
export const apiPort = `${apiServerPort}/tcp`;

export interface PlannedNode {
  readonly name: string;
  /** The addresses of its container, that of the cluster's own family first. */
  readonly addresses: readonly string[];
  /** Where its pods are, in the order of the cluster's families. */
  readonly podCidrs: readonly string[];
}

/** Everything that the configuration of kubeadm is made from. */
export interface ClusterPlan {
  readonly cluster: string;
  /** The image's, as /kind/version has it: `v1.34.0`. */
  readonly version: string;
  readonly subnets: Subnets;
  readonly controlPlane: PlannedNode;
  /** Beside localhost, the names by which the API server is reached from outside. */
  readonly hosts: readonly string[];
  /** By which nodes join, `[a-z0-9]{6}.[a-z0-9]{16}`. */
  readonly token: string;
}
