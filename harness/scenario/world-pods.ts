import type { Manifest } from '../domain/manifest.js';
import { isObject } from './manifest-object.js';
import type { WorldDraft } from './world-draft.js';

/** The pods that a world's manifests make. */
export interface WorldPods {
  /** Their containers by the pods' names; undefined for a pod whose containers cannot be told. */
  readonly known: ReadonlyMap<string, readonly string[] | undefined>;
  /** Whether there may be others: a manifest was not read, or one makes pods in a way that only a cluster knows. */
  readonly open: boolean;
}

/** Kinds that never make a pod. Every kind that is not here and not Pod may: a Deployment, or one of an operator's. */
const podless = new Set([
  'ConfigMap',
  'Endpoints',
  'EndpointSlice',
  'Ingress',
  'IngressClass',
  'LimitRange',
  'Namespace',
  'NetworkAttachmentDefinition',
  'NetworkPolicy',
  'PersistentVolumeClaim',
  'PodDisruptionBudget',
  'PriorityClass',
  'ResourceQuota',
  'Role',
  'RoleBinding',
  'Secret',
  'Service',
  'ServiceAccount',
]);

export const podsOf = (world: WorldDraft): WorldPods => {
  const lists = [world.manifests, ...world.steps.list.map((step) => step.applied)];
  const manifests = lists.flatMap((list) => list.manifests);
  return {
    known: new Map(
      manifests.filter(({ kind }) => kind === 'Pod').map((pod) => [pod.name, containersOf(pod)]),
    ),
    open:
      !world.steps.complete ||
      lists.some((list) => !list.complete) ||
      manifests.some(({ kind }) => kind !== 'Pod' && !podless.has(kind)),
  };
};

const containersOf = ({ object }: Manifest): readonly string[] | undefined => {
  const spec = isObject(object.spec) ? object.spec : {};
  const containers: unknown = spec.containers;
  const initContainers: unknown = spec.initContainers ?? [];
  if (!isList(containers) || !isList(initContainers)) return undefined;
  // An init container that restarts is a sidecar, which runs as long as the others.
  const sidecars = initContainers.filter((init) => isObject(init) && init.restartPolicy === 'Always');
  return [...containers, ...sidecars].flatMap((container) =>
    isObject(container) && typeof container.name === 'string' ? [container.name] : [],
  );
};

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** What is wrong with a pod, or a container of it, that a world names; undefined when nothing is, or nobody can tell. */
export const missingPod = (
  { known, open }: WorldPods,
  pod: string,
  container: string | undefined,
): { readonly which: 'pod' | 'container'; readonly message: string } | undefined => {
  if (!known.has(pod)) {
    return open
      ? undefined
      : {
          which: 'pod',
          message: `no manifest of this world has the pod \`${pod}\`; ${listed('pods', [...known.keys()])}`,
        };
  }
  const containers = known.get(pod);
  return container === undefined || containers === undefined || containers.includes(container)
    ? undefined
    : {
        which: 'container',
        message: `the pod \`${pod}\` has no container \`${container}\`; ${listed('containers', containers)}`,
      };
};

const listed = (what: string, names: readonly string[]): string =>
  names.length === 0 ? `it has no ${what}` : `its ${what} are: ${names.join(', ')}`;
