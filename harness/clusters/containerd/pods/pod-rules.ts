import type { DocumentPath } from '../../../domain/manifest.js';
import type { Misfit } from './check-shape.js';
import type { PodContainer, PodManifest } from './pod-manifest.js';

/** What depends on how the cluster's network is configured. */
export interface PodAbilities {
  /** Whether the network maps ports of the node (a chain with the portmap plugin). */
  readonly hostPorts: boolean;
}

/** What a Pod whose fields are all right by themselves gets wrong between them. */
export const checkRules = (pod: PodManifest, abilities: PodAbilities): readonly Misfit[] => {
  const volumes = (pod.spec.volumes ?? []).map(({ name }) => name);
  const containers = [
    ...pod.initContainers.map((container, index) => ({ container, path: ['spec', 'initContainers', index] })),
    ...pod.containers.map((container, index) => ({ container, path: ['spec', 'containers', index] })),
  ];
  return [
    ...twice(containers.map(({ container, path }) => ({ name: container.name, path: [...path, 'name'] }))),
    ...twice(volumes.map((name, index) => ({ name, path: ['spec', 'volumes', index, 'name'] }))),
    ...(pod.spec.volumes ?? []).flatMap(({ emptyDir }, index) =>
      when(
        emptyDir?.sizeLimit !== undefined && emptyDir.medium !== 'Memory',
        ['spec', 'volumes', index, 'emptyDir', 'sizeLimit'],
        'this cluster does `sizeLimit` only with `medium: Memory`',
      ),
    ),
    ...when(
      pod.spec.dnsPolicy === 'None' && (pod.spec.dnsConfig?.nameservers ?? []).length === 0,
      ['spec', 'dnsPolicy'],
      '`dnsPolicy: None` needs `dnsConfig.nameservers`',
    ),
    ...containers.flatMap(({ container, path }) => [
      ...checkVolumeMounts(container, volumes, path),
      ...checkVariables(container, path),
      ...checkPorts(container, pod, abilities, path),
      ...checkReadiness(container, path),
    ]),
  ];
};

const when = (wrong: boolean, path: DocumentPath, message: string): readonly Misfit[] =>
  wrong ? [{ path, part: 'key', message }] : [];

const twice = (named: readonly { readonly name: string; readonly path: DocumentPath }[]): readonly Misfit[] =>
  named.flatMap(({ name, path }, index) =>
    when(named.findIndex((one) => one.name === name) < index, path, `the name ${name} is taken already`),
  );

const checkVolumeMounts = (container: PodContainer, volumes: readonly string[], path: DocumentPath) =>
  (container.volumeMounts ?? []).flatMap(({ name, mountPath }, index, mounts) => [
    ...when(
      !volumes.includes(name),
      [...path, 'volumeMounts', index, 'name'],
      `there is no volume ${name} in spec.volumes`,
    ),
    ...when(
      mounts.findIndex((one) => one.mountPath === mountPath) < index,
      [...path, 'volumeMounts', index, 'mountPath'],
      `something is mounted on ${mountPath} already`,
    ),
  ]);

const checkVariables = (container: PodContainer, path: DocumentPath) =>
  (container.env ?? []).flatMap(({ value, valueFrom }, index) =>
    when(
      value !== undefined && value !== '' && valueFrom !== undefined,
      [...path, 'env', index, 'valueFrom'],
      'a variable has a `value` or a `valueFrom`, not both',
    ),
  );

const checkPorts = (
  container: PodContainer,
  { spec }: PodManifest,
  { hostPorts }: PodAbilities,
  path: DocumentPath,
) =>
  (container.ports ?? []).flatMap(({ hostPort, containerPort }, index) => {
    const at = [...path, 'ports', index, 'hostPort'];
    if (hostPort === undefined) return [];
    return spec.hostNetwork === true
      ? when(hostPort !== containerPort, at, "on the node's network, `hostPort` must be `containerPort`")
      : when(
          !hostPorts,
          at,
          "this cluster's network does not do `hostPort`: its chain has no portmap plugin",
        );
  });

const checkReadiness = (container: PodContainer, path: DocumentPath) => {
  const probe = container.readinessProbe;
  if (probe === undefined) return [];
  const handlers = [probe.exec, probe.tcpSocket, probe.httpGet].filter((handler) => handler !== undefined);
  const port = probe.httpGet?.port ?? probe.tcpSocket?.port;
  return [
    ...when(
      handlers.length !== 1,
      [...path, 'readinessProbe'],
      'a readiness probe has one of `exec`, `tcpSocket`, `httpGet`',
    ),
    ...when(
      typeof port === 'string' && !(container.ports ?? []).some(({ name }) => name === port),
      [...path, 'readinessProbe', probe.httpGet === undefined ? 'tcpSocket' : 'httpGet', 'port'],
      `the container has no port named ${String(port)}`,
    ),
  ];
};
