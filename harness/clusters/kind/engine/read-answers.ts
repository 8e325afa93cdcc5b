import type Docker from 'dockerode';
import type { ContainerState, Resource, ResourceKind } from './engine.js';
import { statusOf } from './engine-error.js';

/** What is described, or undefined when there is none. */
export const existing = async <T>(described: Promise<T>): Promise<T | undefined> => {
  try {
    return await described;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
};

/** Everything of a kind that has a label. */
export const listResources = async (
  docker: Docker,
  kind: ResourceKind,
  label: string,
  abortSignal: AbortSignal,
): Promise<readonly Resource[]> => {
  const filters = { label: [label] };
  switch (kind) {
    case 'container': {
      const containers = await docker.listContainers({ all: true, filters, abortSignal });
      return containers.map(({ Id, Names, Labels }) => ({
        kind,
        id: Id,
        name: Names[0]?.replace(/^\//, '') ?? Id,
        labels: Labels,
      }));
    }
    case 'network': {
      const networks = await docker.listNetworks({ filters, abortSignal });
      return networks.map(({ Id, Name, Labels }) => ({ kind, id: Id, name: Name, labels: Labels ?? {} }));
    }
    case 'volume': {
      const { Volumes } = await docker.listVolumes({ filters, abortSignal });
      // Null, when there is none.
      return ((Volumes as typeof Volumes | null) ?? []).map(({ Name, Labels }) => ({
        kind,
        id: Name,
        name: Name,
        labels: (Labels as typeof Labels | null) ?? {},
      }));
    }
  }
};

/** A container's state, from its description. */
export const stateOf = ({ Id, State, NetworkSettings }: Docker.ContainerInspectInfo): ContainerState => ({
  id: Id,
  running: State.Running && !State.Paused,
  startedAt: State.StartedAt,
  status: State.Running ? State.Status : `${State.Status}, exit code ${State.ExitCode}`,
  addresses: Object.fromEntries(
    Object.entries(NetworkSettings.Networks).map(([name, { IPAddress, GlobalIPv6Address }]) => [
      name,
      { ipv4: IPAddress, ipv6: GlobalIPv6Address },
    ]),
  ),
  ports: Object.fromEntries(
    Object.entries(NetworkSettings.Ports as Partial<typeof NetworkSettings.Ports>).flatMap(
      ([port, bindings]) => {
        const [binding] = bindings ?? [];
        return binding === undefined ? [] : [[port, { ip: binding.HostIp, port: Number(binding.HostPort) }]];
      },
    ),
  ),
});
