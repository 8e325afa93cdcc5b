import type { V1Container, V1Pod, V1PodSpec } from '@kubernetes/client-node';
import type { Manifest } from '../../../domain/manifest.js';

export type PodSpec = V1PodSpec;
export type PodContainer = V1Container;
export type RestartPolicy = 'Always' | 'OnFailure' | 'Never';

/** A Pod as its manifest asks for it, with what Kubernetes fills in when it is left out. */
export interface PodManifest {
  readonly manifest: Manifest;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: PodSpec;
  readonly containers: readonly PodContainer[];
  /** They run one after the other before the containers. */
  readonly initContainers: readonly PodContainer[];
  readonly restartPolicy: RestartPolicy;
  readonly graceSeconds: number;
}

/** Reads a manifest in which `podRefusals` found nothing to refuse: its fields have the types of a Pod then. */
export const readPod = (manifest: Manifest): PodManifest => {
  const { metadata, spec } = withoutNulls(manifest.object) as V1Pod;
  if (spec === undefined || metadata?.name === undefined) {
    throw new TypeError(`${manifest.file} has a Pod that was not checked`);
  }
  return {
    manifest,
    name: metadata.name,
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    spec,
    containers: spec.containers,
    initContainers: spec.initContainers ?? [],
    restartPolicy: (spec.restartPolicy ?? 'Always') as RestartPolicy,
    graceSeconds: spec.terminationGracePeriodSeconds ?? 30,
  };
};

/** Whether a container has done what it is there for once it ended with 0. */
export const mayEnd = ({ restartPolicy, initContainers }: PodManifest, container: string): boolean =>
  restartPolicy !== 'Always' || initContainers.some(({ name }) => name === container);

/** Where a container stands in its manifest, or the pod when none is named: `file:line:column`. */
export const placeOf = (pod: PodManifest, container?: string): string => {
  const within = (list: 'containers' | 'initContainers') => {
    const index = pod[list].findIndex(({ name }) => name === container);
    return index === -1 ? undefined : ['spec', list, index];
  };
  const { line, column } = pod.manifest.position(within('containers') ?? within('initContainers') ?? []);
  return `${pod.manifest.file}:${line}:${column}`;
};

/** As in Kubernetes, null is the same as nothing. */
const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null)
      .map(([key, item]) => [key, withoutNulls(item)]),
  );
};
