import type { PodFields } from './field-ref.js';
import type { PodManifest } from './pod-manifest.js';

/** What is known of the node that runs a pod. */
export interface NodeIdentity {
  readonly name: string;
  /** Its addresses, the primary one first. */
  readonly ips: readonly string[];
  /** Where its pods' cgroups are, relative to the root of the hierarchies. */
  readonly cgroupParent: string;
}

/** A pod that has been accepted: what it asks for, and who it is. */
export interface PodIdentity {
  readonly pod: PodManifest;
  readonly namespace: string;
  readonly uid: string;
  readonly node: NodeIdentity;
}

/** The labels by which tools on a node, and we ourselves, find what belongs to a pod; a kubelet writes the same. */
export const namespaceLabel = 'io.kubernetes.pod.namespace';
export const uidLabel = 'io.kubernetes.pod.uid';

export const podLabels = ({ pod, namespace, uid }: PodIdentity): Readonly<Record<string, string>> => ({
  'io.kubernetes.pod.name': pod.name,
  [namespaceLabel]: namespace,
  [uidLabel]: uid,
});

/** What `hostname` prints in the pod: a DNS label, on the node's network the node's own. */
export const hostnameOf = ({ pod, node }: PodIdentity): string =>
  pod.spec.hostNetwork === true
    ? node.name
    : (pod.spec.hostname ?? pod.name).slice(0, 63).replace(/[-.]+$/, '');

/** Where containerd writes the logs of a pod's containers, below the folder of all logs, named as a kubelet does. */
export const logFolderOf = ({ pod, namespace, uid }: PodIdentity): string =>
  `${namespace}_${pod.name}_${uid}`;

export const podFields = (
  { pod, namespace, uid, node }: PodIdentity,
  podIps: readonly string[],
): PodFields => ({
  name: pod.name,
  namespace,
  uid,
  labels: pod.labels,
  annotations: pod.annotations,
  nodeName: node.name,
  hostIps: node.ips,
  podIps: pod.spec.hostNetwork === true ? node.ips : podIps,
});
