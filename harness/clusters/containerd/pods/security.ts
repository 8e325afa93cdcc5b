import type { ContainerConfig, SecurityProfile } from '../cri/cri-types.js';
import type { PodContainer, PodManifest } from './pod-manifest.js';
import { namespaceOptions } from './namespaces.js';

type ContainerSecurity = ContainerConfig['linux']['securityContext'];

/** What a kubelet hides from containers and keeps them from writing to: /proc/sys among it, so that a pod cannot tune its own network. */
const maskedPaths = [
  '/proc/asound',
  '/proc/acpi',
  '/proc/kcore',
  '/proc/keys',
  '/proc/latency_stats',
  '/proc/timer_list',
  '/proc/timer_stats',
  '/proc/sched_debug',
  '/proc/scsi',
  '/sys/firmware',
];
const readonlyPaths = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'];

export const isPrivileged = ({ securityContext }: PodContainer): boolean =>
  securityContext?.privileged === true;

/** How a container is confined: what it says itself, else what its pod says, else what Kubernetes has for everyone. */
export const containerSecurity = (pod: PodManifest, container: PodContainer): ContainerSecurity => {
  const own = container.securityContext;
  return {
    capabilities: {
      addCapabilities: own?.capabilities?.add ?? [],
      dropCapabilities: own?.capabilities?.drop ?? [],
    },
    privileged: isPrivileged(container),
    namespaceOptions: namespaceOptions(pod),
    ...userOf(pod, container),
    readonlyRootfs: own?.readOnlyRootFilesystem ?? false,
    noNewPrivs: own?.allowPrivilegeEscalation === false,
    maskedPaths: isPrivileged(container) ? [] : maskedPaths,
    readonlyPaths: isPrivileged(container) ? [] : readonlyPaths,
    seccomp: seccompOf(pod, container),
  };
};

/** The ids to run as, where any are given. */
export const userOf = (
  pod: PodManifest,
  container: PodContainer | undefined,
): Pick<ContainerSecurity, 'runAsUser' | 'runAsGroup' | 'supplementalGroups'> => {
  const ofPod = pod.spec.securityContext;
  const own = container?.securityContext;
  const user = own?.runAsUser ?? ofPod?.runAsUser;
  const group = own?.runAsGroup ?? ofPod?.runAsGroup;
  return {
    ...(user === undefined ? {} : { runAsUser: { value: user } }),
    ...(group === undefined ? {} : { runAsGroup: { value: group } }),
    ...(ofPod?.supplementalGroups === undefined ? {} : { supplementalGroups: ofPod.supplementalGroups }),
  };
};

/** A kubelet confines system calls only where a manifest asks for it. */
export const seccompOf = (pod: PodManifest, container: PodContainer | undefined): SecurityProfile => {
  const profile = container?.securityContext?.seccompProfile ?? pod.spec.securityContext?.seccompProfile;
  return { profileType: profile?.type === 'RuntimeDefault' ? 'RuntimeDefault' : 'Unconfined' };
};
