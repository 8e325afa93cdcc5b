import type { DnsConfig, PortMapping, SandboxConfig } from '../cri/cri-types.js';
import { dnsConfigOf } from './dns-config.js';
import { namespaceOptions } from './namespaces.js';
import { hostnameOf, logFolderOf, podLabels, type PodIdentity } from './pod-identity.js';
import type { PodManifest } from './pod-manifest.js';
import { isPrivileged, seccompOf, userOf } from './security.js';

/** The request for a pod's sandbox, as a kubelet makes it. */
export const sandboxConfig = (
  identity: PodIdentity,
  attempt: number,
  place: { readonly logs: string; readonly dns: DnsConfig },
): SandboxConfig => {
  const { pod, namespace, uid, node } = identity;
  const { securityContext } = pod.spec;
  const dnsConfig = dnsConfigOf(pod.spec, place.dns);
  return {
    metadata: { name: pod.name, uid, namespace, attempt },
    // runc refuses to name what shares the node's UTS namespace.
    hostname: identity.pod.spec.hostNetwork === true ? '' : hostnameOf(identity),
    logDirectory: `${place.logs}/${logFolderOf(identity)}`,
    ...(dnsConfig === undefined ? {} : { dnsConfig }),
    portMappings: portMappingsOf(pod),
    labels: { ...pod.labels, ...podLabels(identity) },
    annotations: { ...pod.annotations, 'kubernetes.io/config.source': 'api' },
    linux: {
      cgroupParent: node.cgroupParent,
      sysctls: Object.fromEntries(
        (securityContext?.sysctls ?? []).map(({ name, value }) => [name.replaceAll('/', '.'), value]),
      ),
      securityContext: {
        namespaceOptions: namespaceOptions(pod),
        ...userOf(pod, undefined),
        privileged: [...pod.containers, ...pod.initContainers].some(isPrivileged),
        seccomp: seccompOf(pod, undefined),
      },
    },
  };
};

/** The ports of the node that lead to the pod; on the node's network there is nothing to map. */
const portMappingsOf = ({ spec, containers }: PodManifest): readonly PortMapping[] =>
  spec.hostNetwork === true
    ? []
    : containers
        .flatMap(({ ports = [] }) => ports)
        .map(({ protocol, containerPort, hostPort, hostIP }) => ({
          protocol: (protocol ?? 'TCP') as PortMapping['protocol'],
          containerPort,
          hostPort: hostPort ?? 0,
          hostIp: hostIP ?? '',
        }));
