import type { Resource } from '../engine/engine.js';
import { formatOwner, type Owner } from './owner.js';

/** By these `kind` knows clusters and nodes: kind's pkg/cluster/constants and its providers. */
export const kindLabels = { cluster: 'io.x-k8s.kind.cluster', role: 'io.x-k8s.kind.role' } as const;

/** By these everything is known that netclaims has made. */
export const ownLabels = {
  /** Of one cluster and no other, also of the same name. */
  id: 'dev.netclaims.cluster-id',
  owner: 'dev.netclaims.owner',
  cluster: 'dev.netclaims.cluster',
  /** On the volume that says of a cluster that it is made, and what it is. */
  record: 'dev.netclaims.record',
} as const;

/** What a cluster is called, and whose it is. */
export interface ClusterIdentity {
  readonly name: string;
  readonly id: string;
  readonly owner: Owner;
}

/** The labels of everything that belongs to a cluster. */
export const labelsOf = ({ name, id, owner }: ClusterIdentity): Resource['labels'] => ({
  [ownLabels.cluster]: name,
  [ownLabels.id]: id,
  [ownLabels.owner]: formatOwner(owner),
});
