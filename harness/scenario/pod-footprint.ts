import type { FootprintReason, Touches } from '../domain/footprint.js';
import type { DocumentPath, Manifest } from '../domain/manifest.js';
import { isObject } from './manifest-object.js';

/** The pods that a manifest makes share their node in some way: why, and what it comes to. */
export const podFootprint = (manifest: Manifest): readonly FootprintReason[] =>
  podSpecsOf(manifest).flatMap(({ spec, path }) => {
    const pod = `${manifest.kind} \`${manifest.name}\``;
    const reason = (touches: Touches, why: string, at: DocumentPath, narrow?: string): FootprintReason => ({
      touches,
      why,
      file: manifest.file,
      position: manifest.position([...path, ...at]),
      ...(narrow === undefined ? {} : { narrow }),
    });
    return [
      ...hostNamespaces(spec).map((key) =>
        reason('reads-nodes', `${pod} has \`${key}\`, so that it shares that with its node`, [key]),
      ),
      ...containersOf(spec).flatMap(({ container, at }) => [
        ...powers(spec, container).map((power) =>
          reason('changes-nodes', `a container of ${pod} ${power.why}`, [...at, ...power.at], power.narrow),
        ),
        ...hostPorts(container).map((port) =>
          reason('reads-nodes', `${pod} takes a port of its node (\`hostPort\`)`, [...at, 'ports', port]),
        ),
      ]),
      ...hostPaths(spec).map(({ name, index, writable }) =>
        writable
          ? reason(
              'changes-nodes',
              `${pod} can write to a folder of its node (\`hostPath\` of the volume \`${name}\`)`,
              ['volumes', index],
              'mount it with `readOnly: true`, and let its `type` make nothing',
            )
          : reason(
              'reads-nodes',
              `${pod} reads a folder of its node (\`hostPath\` of the volume \`${name}\`)`,
              ['volumes', index],
            ),
      ),
    ];
  });

/** Whether the pods that a manifest makes are on the network of their node. */
export const isOnHostNetwork = (manifest: Manifest): boolean =>
  podSpecsOf(manifest).some(({ spec }) => spec.hostNetwork === true);

type Json = Readonly<Record<string, unknown>>;

interface PodSpec {
  readonly spec: Json;
  readonly path: DocumentPath;
}

/** The pod specs of a manifest: a Pod's own, and the templates of whatever makes pods, also of kinds that only a cluster knows. */
const podSpecsOf = ({ object }: Manifest): readonly PodSpec[] => {
  const below = (value: unknown, path: DocumentPath): readonly PodSpec[] => {
    if (Array.isArray(value)) return value.flatMap((item, index) => below(item, [...path, index]));
    if (!isObject(value)) return [];
    if (Array.isArray(value.containers)) return [{ spec: value, path }];
    return Object.entries(value).flatMap(([key, part]) => below(part, [...path, key]));
  };
  return below(object, []);
};

const hostNamespaces = (spec: Json): readonly string[] =>
  ['hostNetwork', 'hostPID', 'hostIPC'].filter((key) => spec[key] === true);

interface PlacedContainer {
  readonly container: Json;
  readonly at: DocumentPath;
}

const containersOf = (spec: Json): readonly PlacedContainer[] =>
  ['initContainers', 'containers'].flatMap((key) =>
    listOf(spec[key]).flatMap((container, index) =>
      isObject(container) ? [{ container, at: [key, index] }] : [],
    ),
  );

interface Power {
  readonly why: string;
  readonly at: DocumentPath;
  readonly narrow?: string;
}

/** Loading a module and raw input and output reach the kernel and the devices that all pods of a node share. */
const alwaysReaching = ['ALL', 'SYS_MODULE', 'SYS_RAWIO', 'SYS_BOOT', 'SYS_TIME'];
const reachingTheNetwork = ['NET_ADMIN', 'SYS_ADMIN'];
const reachingProcesses = ['SYS_PTRACE', 'SYS_ADMIN', 'KILL'];

const powers = (spec: Json, { securityContext }: Json): readonly Power[] => {
  if (!isObject(securityContext)) return [];
  const at = ['securityContext'];
  if (securityContext.privileged === true)
    return [
      {
        why: 'is `privileged`',
        at: [...at, 'privileged'],
        narrow:
          'give it the capabilities that it needs: NET_ADMIN, say, reaches its own network namespace only',
      },
    ];
  const { add } = isObject(securityContext.capabilities) ? securityContext.capabilities : {};
  const reaching = [
    ...alwaysReaching,
    ...(spec.hostNetwork === true ? reachingTheNetwork : []),
    ...(spec.hostPID === true ? reachingProcesses : []),
  ];
  return listOf(add).flatMap((name, index) =>
    typeof name === 'string' && reaching.includes(name.toUpperCase().replace(/^CAP_/, ''))
      ? [{ why: `has the capability ${name}`, at: [...at, 'capabilities', 'add', index] }]
      : [],
  );
};

const hostPorts = ({ ports }: Json): readonly number[] =>
  listOf(ports).flatMap((port, index) =>
    isObject(port) && port.hostPort !== undefined && port.hostPort !== 0 ? [index] : [],
  );

interface HostPath {
  readonly name: string;
  readonly index: number;
  readonly writable: boolean;
}

const hostPaths = (spec: Json): readonly HostPath[] =>
  listOf(spec.volumes).flatMap((volume, index) => {
    if (!isObject(volume) || volume.hostPath === undefined) return [];
    const name = String(volume.name);
    const { type } = isObject(volume.hostPath) ? volume.hostPath : {};
    // The kubelet makes what is missing of such a path.
    const made = typeof type === 'string' && type.endsWith('OrCreate');
    const mounts = containersOf(spec)
      .flatMap(({ container }) => listOf(container.volumeMounts))
      .filter((mount) => isObject(mount) && mount.name === volume.name);
    return [
      { name, index, writable: made || mounts.some((mount) => isObject(mount) && mount.readOnly !== true) },
    ];
  });

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
