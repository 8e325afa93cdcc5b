import { nearestName } from '../domain/nearest-name.js';

/** The kinds of Kubernetes' own groups, those of older versions included, so that no server's kind is called a mistake. */
const groups: Readonly<Record<string, { readonly versions: readonly string[]; readonly kinds: string }>> = {
  '': {
    versions: ['v1'],
    kinds:
      'Binding ComponentStatus ConfigMap Endpoints Event LimitRange List Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount',
  },
  apps: {
    versions: ['v1', 'v1beta1', 'v1beta2'],
    kinds: 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet',
  },
  batch: { versions: ['v1', 'v1beta1', 'v2alpha1'], kinds: 'CronJob Job' },
  autoscaling: {
    versions: ['v1', 'v2', 'v2beta1', 'v2beta2'],
    kinds: 'HorizontalPodAutoscaler Scale',
  },
  policy: {
    versions: ['v1', 'v1beta1'],
    kinds: 'Eviction PodDisruptionBudget PodSecurityPolicy',
  },
  extensions: {
    versions: ['v1beta1'],
    kinds: 'DaemonSet Deployment Ingress NetworkPolicy PodSecurityPolicy ReplicaSet',
  },
  'networking.k8s.io': {
    versions: ['v1', 'v1alpha1', 'v1beta1'],
    kinds: 'ClusterCIDR IPAddress Ingress IngressClass NetworkPolicy ServiceCIDR',
  },
  'rbac.authorization.k8s.io': {
    versions: ['v1', 'v1alpha1', 'v1beta1'],
    kinds: 'ClusterRole ClusterRoleBinding Role RoleBinding',
  },
  'storage.k8s.io': {
    versions: ['v1', 'v1alpha1', 'v1beta1'],
    kinds: 'CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment VolumeAttributesClass',
  },
  'apiextensions.k8s.io': { versions: ['v1', 'v1beta1'], kinds: 'CustomResourceDefinition' },
  'discovery.k8s.io': { versions: ['v1', 'v1alpha1', 'v1beta1'], kinds: 'EndpointSlice' },
  'coordination.k8s.io': {
    versions: ['v1', 'v1alpha1', 'v1alpha2', 'v1beta1'],
    kinds: 'Lease LeaseCandidate',
  },
  'scheduling.k8s.io': { versions: ['v1', 'v1alpha1', 'v1alpha2', 'v1beta1'], kinds: 'PriorityClass' },
  'node.k8s.io': { versions: ['v1', 'v1alpha1', 'v1beta1'], kinds: 'RuntimeClass' },
};

/** The groups that get no kinds and versions any more: what is in none of these lists does not exist. */
const closed = ['', 'apps', 'batch', 'extensions'];

export interface KindMistake {
  readonly key: 'apiVersion' | 'kind';
  readonly message: string;
}

/**
 * What is wrong with a manifest's `apiVersion` and `kind`. A kind of a group that is not Kubernetes' own may be defined by anybody; such a
 * group has a dot in its name.
 */
export const kindMistake = (apiVersion: string, kind: string): KindMistake | undefined => {
  const [version = '', group = '', more] = apiVersion.split('/').reverse();
  const own = Object.hasOwn(groups, group) ? groups[group] : undefined;
  if (more !== undefined)
    return { key: 'apiVersion', message: `\`${apiVersion}\` must be GROUP/VERSION, or v1` };
  if (own === undefined) {
    const near = nearestName(group, Object.keys(groups));
    const isNear = near !== undefined && near !== '' && kindsOf(near).includes(kind);
    if (!isNear && group.includes('.')) return undefined;
    return {
      key: 'apiVersion',
      message: `there is no API group \`${group}\`${hint(isNear ? named(near, groups[near]?.versions[0] ?? '') : whereIs(kind))}`,
    };
  }
  if (!kindsOf(group).includes(kind)) {
    const home = whereIs(kind);
    if (home !== undefined) {
      return {
        key: 'apiVersion',
        message: `\`${apiVersion}\` has no kind \`${kind}\`; it is in \`${home}\``,
      };
    }
    const near = nearestName(kind, kindsOf(group)) ?? nearestName(kind, allKinds);
    if (near === undefined && !closed.includes(group)) return undefined;
    return { key: 'kind', message: `\`${apiVersion}\` has no kind \`${kind}\`${hint(near)}` };
  }
  if (own.versions.includes(version)) return undefined;
  if (!closed.includes(group) && /^v[0-9]+((alpha|beta)[0-9]+)?$/.test(version)) return undefined;
  return {
    key: 'apiVersion',
    message: `\`${apiVersion}\` is no version of \`${kind}\`; did you mean \`${named(group, own.versions[0] ?? '')}\`?`,
  };
};

/** Whether a group is Kubernetes' own. */
export const isKubernetesOwn = (apiVersion: string): boolean =>
  Object.hasOwn(groups, apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '');

const kindsOf = (group: string): readonly string[] => groups[group]?.kinds.split(' ') ?? [];

const allKinds = Object.keys(groups).flatMap(kindsOf);

const named = (group: string, version: string): string => (group === '' ? version : `${group}/${version}`);

/** The `apiVersion` of a kind of Kubernetes' own. */
const whereIs = (kind: string): string | undefined => {
  const [group, found] = Object.entries(groups).find(([name]) => kindsOf(name).includes(kind)) ?? [];
  return group === undefined ? undefined : named(group, found?.versions[0] ?? '');
};

const hint = (near: string | undefined): string => (near === undefined ? '' : `; did you mean \`${near}\`?`);
