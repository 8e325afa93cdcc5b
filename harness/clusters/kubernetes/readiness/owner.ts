import type { Manifest } from '../../../domain/manifest.js';
import type { PodObject } from '../objects/kube-types.js';

/** The pods that a manifest's object is or has made, those that are being deleted left out. */
export const podsOf = ({ kind, name }: Manifest, pods: readonly PodObject[]): readonly PodObject[] =>
  pods.filter(
    (pod) =>
      pod.metadata?.deletionTimestamp === undefined &&
      (kind === 'Pod' ? pod.metadata?.name === name : isOwnedBy(pod, kind, name)),
  );

/** A Deployment owns its pods through a ReplicaSet, which has its name and a hash. */
const isOwnedBy = ({ metadata }: PodObject, kind: string, name: string): boolean =>
  (metadata?.ownerReferences ?? []).some(
    (owner) =>
      (owner.kind === kind && owner.name === name) ||
      (kind === 'Deployment' &&
        owner.kind === 'ReplicaSet' &&
        owner.name.replace(/-[a-z0-9]+$/, '') === name),
  );
