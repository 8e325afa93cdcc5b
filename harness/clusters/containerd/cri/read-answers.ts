import { NetclaimsError } from '../../../domain/error.js';
import type {
  ContainerListItem,
  ContainerState,
  ContainerStatus,
  ImageInfo,
  RuntimeCondition,
  RuntimeVersion,
  SandboxListItem,
  SandboxMetadata,
  SandboxStatus,
} from './cri-types.js';

/**
 * From containerd's answers to our types. The fields have the types that cri.proto gives them, for they were decoded by it; only the
 * texts of `info` are JSON of containerd's own and are looked at with care. An answer is undefined when there is no such thing.
 */
type Answer = object | undefined;

type Info = Readonly<Record<string, string>>;
type Labels = Readonly<Record<string, string>>;

export const version = (answer: Answer): RuntimeVersion => {
  const { runtimeName, runtimeVersion } = given(answer) as RuntimeVersion;
  return { runtimeName, runtimeVersion };
};

export const conditions = (answer: Answer): readonly RuntimeCondition[] =>
  (given(answer) as { status: { conditions: readonly RuntimeCondition[] } | null }).status?.conditions ?? [];

export const cniConfig = (answer: Answer): readonly string[] => {
  const { info } = given(answer) as { info: Readonly<Record<string, string>> | null };
  const { Networks } = JSON.parse(info?.cniconfig ?? '{}') as {
    readonly Networks?: readonly { readonly Config?: { readonly Source?: string } }[];
  };
  return (Networks ?? []).flatMap(({ Config }) => Config?.Source ?? []);
};

export const sandboxId = (answer: Answer): string => (given(answer) as { podSandboxId: string }).podSandboxId;

export const containerId = (answer: Answer): string => (given(answer) as { containerId: string }).containerId;

interface Sandbox {
  readonly id: string;
  readonly metadata: SandboxMetadata;
  readonly state: 'SANDBOX_READY' | 'SANDBOX_NOTREADY';
  readonly labels: Labels;
}

export const sandboxes = (answer: Answer): readonly SandboxListItem[] =>
  (given(answer) as { items: readonly Sandbox[] }).items.map(({ id, metadata, state, labels }) => ({
    id,
    metadata,
    ready: state === 'SANDBOX_READY',
    labels,
  }));

export const sandboxStatus = (answer: Answer): SandboxStatus | undefined => {
  if (answer === undefined) return undefined;
  const { status, info } = given(answer) as {
    status: Sandbox & { network: { ip: string; additionalIps: readonly { ip: string }[] } | null };
    info: Info;
  };
  const details = detailsOf(info);
  const namespaces = at(details, 'runtimeSpec', 'linux', 'namespaces');
  const network = listOf(namespaces).find((namespace) => at(namespace, 'type') === 'network');
  return {
    id: status.id,
    metadata: status.metadata,
    ready: status.state === 'SANDBOX_READY',
    ips: [status.network?.ip ?? '', ...(status.network?.additionalIps ?? []).map(({ ip }) => ip)].filter(
      Boolean,
    ),
    pid: pidOf(details),
    netnsPath: textOf(at(network, 'path')),
    image: textOf(at(details, 'image')),
    cniResult: at(details, 'cniResult') ?? null,
  };
};

interface Container {
  readonly id: string;
  readonly podSandboxId: string;
  readonly metadata: { readonly name: string; readonly attempt: number };
  readonly state: keyof typeof containerStates;
  readonly labels: Labels;
}

const containerStates = {
  CONTAINER_CREATED: 'created',
  CONTAINER_RUNNING: 'running',
  CONTAINER_EXITED: 'exited',
  CONTAINER_UNKNOWN: 'unknown',
} as const satisfies Record<string, ContainerState>;

export const containers = (answer: Answer): readonly ContainerListItem[] =>
  (given(answer) as { containers: readonly Container[] }).containers.map(
    ({ id, podSandboxId, metadata, state, labels }) => ({
      id,
      sandboxId: podSandboxId,
      metadata,
      state: containerStates[state],
      labels,
    }),
  );

export const containerStatus = (answer: Answer): ContainerStatus | undefined => {
  if (answer === undefined) return undefined;
  const { status, info } = given(answer) as {
    status: Container & { exitCode: number; reason: string; message: string };
    info: Info;
  };
  return {
    id: status.id,
    metadata: status.metadata,
    state: containerStates[status.state],
    exitCode: status.exitCode,
    reason: status.reason,
    message: status.message,
    pid: pidOf(detailsOf(info)),
  };
};

/** The process of the specification that a container was made from. */
export const processOf = (answer: Answer): { readonly env?: readonly string[] } => {
  const { container } = given(answer) as { container: { spec: { value: Buffer } | null } | null };
  const { process } = JSON.parse(container?.spec?.value.toString('utf8') ?? '{}') as {
    readonly process?: { readonly env?: readonly string[] };
  };
  return process ?? {};
};

export const exitStatus = (answer: Answer): number => (given(answer) as { exitStatus: number }).exitStatus;

interface Image {
  readonly id: string;
  readonly repoTags: readonly string[];
  readonly repoDigests: readonly string[];
  readonly size: number;
}

export const images = (answer: Answer): readonly ImageInfo[] =>
  (given(answer) as { images: readonly Image[] }).images.map(imageInfo);

export const imageStatus = (answer: Answer): ImageInfo | undefined => {
  const image = (answer as { image: Image | null } | undefined)?.image;
  return image === undefined || image === null ? undefined : imageInfo(image);
};

const imageInfo = ({ id, repoTags, repoDigests, size }: Image): ImageInfo => ({
  id,
  tags: repoTags,
  digests: repoDigests,
  size,
});

/** An answer that must be there: what was asked for was made by us before. */
export const given = (answer: Answer): object => {
  if (answer !== undefined) return answer;
  throw new NetclaimsError({
    code: 'pod/cri-refused',
    what: 'containerd does not know the sandbox, container or image any more that it was asked to work with',
    remedy: 'see whether something else removes containers on this node',
  });
};

const detailsOf = (info: Info): unknown => {
  try {
    return JSON.parse(info.info ?? '{}') as unknown;
  } catch {
    return undefined;
  }
};

const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined,
    value,
  );

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** containerd writes 0 for a process that has ended. */
const pidOf = (details: unknown): number => {
  const pid = at(details, 'pid');
  return typeof pid === 'number' && pid > 0 ? pid : -1;
};
