import type { DocumentPath } from '../domain/manifest.js';
import { isObject, type Misfit } from './check-object.js';
import { labelPattern } from './schema-strings.js';

type Json = Readonly<Record<string, unknown>>;

/** What every API server refuses in the pods of an object whose fields have the right types: a Pod's own, and a workload's template. */
export const podRuleMisfits = (object: Json): readonly Misfit[] => {
  const below = (value: unknown, path: DocumentPath): readonly Misfit[] => {
    if (!isObject(value)) return [];
    if (Array.isArray(value.containers)) return rulesOf(value, path, claimsBeside(object));
    return ['spec', 'template', 'jobTemplate'].flatMap((key) => below(value[key], [...path, key]));
  };
  return below(object, []);
};

/** A StatefulSet's claims are volumes of its pods. */
const claimsBeside = ({ spec }: Json): readonly string[] =>
  isObject(spec)
    ? objectsIn(spec.volumeClaimTemplates).flatMap(({ metadata }) =>
        isObject(metadata) ? textOf(metadata.name) : [],
      )
    : [];

const rulesOf = (spec: Json, at: DocumentPath, claims: readonly string[]): readonly Misfit[] => {
  const containers = ['initContainers', 'containers'].flatMap((list) =>
    objectsIn(spec[list]).map((container, index) => ({ container, path: [...at, list, index] })),
  );
  const volumes = objectsIn(spec.volumes);
  const names = [...volumes.flatMap(({ name }) => textOf(name)), ...claims];
  return [
    ...when(objectsIn(spec.containers).length === 0, [...at, 'containers'], 'a pod needs a container'),
    ...twice(
      containers.map(({ container, path }) => ({ value: container.name, path: [...path, 'name'] })),
      'container',
    ),
    ...twice(
      volumes.map(({ name }, index) => ({ value: name, path: [...at, 'volumes', index, 'name'] })),
      'volume',
    ),
    ...oneOf(spec.restartPolicy, ['Always', 'OnFailure', 'Never'], [...at, 'restartPolicy']),
    ...oneOf(
      spec.dnsPolicy,
      ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
      [...at, 'dnsPolicy'],
    ),
    ...containers.flatMap(({ container, path }) =>
      containerRules(container, path, names, spec.hostNetwork === true),
    ),
  ];
};

const containerRules = (
  container: Json,
  at: DocumentPath,
  volumes: readonly string[],
  hostNetwork: boolean,
): readonly Misfit[] => {
  const mounts = objectsIn(container.volumeMounts);
  return [
    ...when(container.name === undefined, at, 'a container needs a `name`'),
    ...when(
      typeof container.name === 'string' && !new RegExp(labelPattern).test(container.name),
      [...at, 'name'],
      "a container's name has lower-case letters, digits and hyphens",
    ),
    ...when(container.image === undefined || container.image === '', at, 'a container needs an `image`'),
    ...oneOf(container.imagePullPolicy, ['Always', 'IfNotPresent', 'Never'], [...at, 'imagePullPolicy']),
    ...mounts.flatMap(({ name, mountPath }, index) => [
      ...when(
        typeof name === 'string' && !volumes.includes(name),
        [...at, 'volumeMounts', index, 'name'],
        `the pod has no volume \`${String(name)}\``,
      ),
      ...when(mountPath === undefined, [...at, 'volumeMounts', index], 'a mount needs a `mountPath`'),
    ]),
    ...twice(
      mounts.map(({ mountPath }, index) => ({
        value: mountPath,
        path: [...at, 'volumeMounts', index, 'mountPath'],
      })),
      'mount',
    ),
    ...objectsIn(container.env).flatMap(({ value, valueFrom }, index) =>
      when(
        typeof value === 'string' && value !== '' && isObject(valueFrom),
        [...at, 'env', index, 'valueFrom'],
        'a variable has a `value` or a `valueFrom`, not both',
      ),
    ),
    ...objectsIn(container.ports).flatMap(({ containerPort, hostPort, protocol }, index) => {
      const port = [...at, 'ports', index];
      return [
        ...when(!isPort(containerPort), port, 'a port needs a `containerPort` from 1 to 65535'),
        ...when(
          hostPort !== undefined && hostPort !== null && hostPort !== 0 && !isPort(hostPort),
          [...port, 'hostPort'],
          'a `hostPort` is from 1 to 65535',
        ),
        ...when(
          hostNetwork && isPort(hostPort) && hostPort !== containerPort,
          [...port, 'hostPort'],
          "on the node's network, `hostPort` must be `containerPort`",
        ),
        ...oneOf(protocol, ['TCP', 'UDP', 'SCTP'], [...port, 'protocol']),
      ];
    }),
    ...['readinessProbe', 'livenessProbe', 'startupProbe'].flatMap((key) => {
      const probe = container[key];
      if (!isObject(probe)) return [];
      const handlers = ['exec', 'httpGet', 'tcpSocket', 'grpc'].filter((one) => isObject(probe[one]));
      return when(
        handlers.length !== 1,
        [...at, key],
        `\`${key}\` must have exactly one of: exec, httpGet, tcpSocket, grpc`,
      );
    }),
  ];
};

const isPort = (value: unknown): boolean => typeof value === 'number' && value >= 1 && value <= 65_535;

const objectsIn = (value: unknown): readonly Json[] =>
  Array.isArray(value) ? value.map((item: unknown) => (isObject(item) ? item : {})) : [];

const textOf = (value: unknown): readonly string[] => (typeof value === 'string' ? [value] : []);

const when = (wrong: boolean, path: DocumentPath, message: string): readonly Misfit[] =>
  wrong ? [{ path, part: 'value', message }] : [];

const oneOf = (value: unknown, allowed: readonly string[], path: DocumentPath): readonly Misfit[] =>
  when(
    typeof value === 'string' && value !== '' && !allowed.includes(value),
    path,
    `\`${String(path.at(-1))}\` must be one of: ${allowed.join(', ')}`,
  );

const twice = (
  all: readonly { readonly value: unknown; readonly path: DocumentPath }[],
  what: string,
): readonly Misfit[] =>
  all.flatMap(({ value, path }, index) =>
    when(
      typeof value === 'string' && all.findIndex((one) => one.value === value) < index,
      path,
      `\`${String(value)}\` is another ${what}'s already`,
    ),
  );
