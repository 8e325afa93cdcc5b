/** The container runtime interface in our own words: the fields of cri.proto that are set, and what is read of the answers. */

export type NamespaceMode = 'POD' | 'CONTAINER' | 'NODE';

export interface NamespaceOptions {
  readonly network: NamespaceMode;
  readonly pid: NamespaceMode;
  readonly ipc: NamespaceMode;
}

export interface SecurityProfile {
  readonly profileType: 'RuntimeDefault' | 'Unconfined';
}

export interface DnsConfig {
  readonly servers: readonly string[];
  readonly searches: readonly string[];
  readonly options: readonly string[];
}

export interface PortMapping {
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  readonly containerPort: number;
  readonly hostPort: number;
  readonly hostIp: string;
}

export interface SandboxMetadata {
  readonly name: string;
  readonly uid: string;
  readonly namespace: string;
  /** 0 for a pod's first sandbox. */
  readonly attempt: number;
}

export interface SandboxConfig {
  readonly metadata: SandboxMetadata;
  readonly hostname: string;
  /** On the node. */
  readonly logDirectory: string;
  /** Left out, the node's own resolv.conf is copied. */
  readonly dnsConfig?: DnsConfig;
  readonly portMappings: readonly PortMapping[];
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly linux: {
    readonly cgroupParent: string;
    readonly sysctls: Readonly<Record<string, string>>;
    readonly securityContext: {
      readonly namespaceOptions: NamespaceOptions;
      readonly runAsUser?: { readonly value: number };
      readonly runAsGroup?: { readonly value: number };
      readonly supplementalGroups?: readonly number[];
      /** Must be true when any container of the pod is. */
      readonly privileged: boolean;
      readonly seccomp: SecurityProfile;
    };
  };
}

export interface Mount {
  readonly containerPath: string;
  /** On the node. */
  readonly hostPath: string;
  readonly readonly: boolean;
}

export interface Resources {
  /** Microseconds. */
  readonly cpuPeriod?: number;
  /** Microseconds in each period. */
  readonly cpuQuota?: number;
  readonly cpuShares?: number;
  readonly memoryLimitInBytes?: number;
}

export interface ContainerConfig {
  readonly metadata: { readonly name: string; readonly attempt: number };
  readonly image: { readonly image: string };
  /** Empty for the image's own entrypoint. */
  readonly command: readonly string[];
  /** Empty for the image's own command. */
  readonly args: readonly string[];
  readonly workingDir: string;
  readonly envs: readonly { readonly key: string; readonly value: string }[];
  readonly mounts: readonly Mount[];
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Below the sandbox's log directory. */
  readonly logPath: string;
  readonly stdin: boolean;
  readonly stdinOnce: boolean;
  readonly tty: boolean;
  readonly linux: {
    readonly resources: Resources;
    readonly securityContext: {
      readonly capabilities: {
        readonly addCapabilities: readonly string[];
        readonly dropCapabilities: readonly string[];
      };
      readonly privileged: boolean;
      readonly namespaceOptions: NamespaceOptions;
      readonly runAsUser?: { readonly value: number };
      readonly runAsGroup?: { readonly value: number };
      readonly supplementalGroups?: readonly number[];
      readonly readonlyRootfs: boolean;
      readonly noNewPrivs: boolean;
      readonly maskedPaths: readonly string[];
      readonly readonlyPaths: readonly string[];
      readonly seccomp: SecurityProfile;
    };
  };
}

export interface RuntimeVersion {
  readonly runtimeName: string;
  readonly runtimeVersion: string;
}

export interface RuntimeCondition {
  /** `RuntimeReady`, `NetworkReady`. */
  readonly type: string;
  readonly status: boolean;
  readonly reason: string;
  readonly message: string;
}

export interface SandboxListItem {
  readonly id: string;
  readonly metadata: SandboxMetadata;
  readonly ready: boolean;
  readonly labels: Readonly<Record<string, string>>;
}

export interface SandboxStatus {
  readonly id: string;
  readonly metadata: SandboxMetadata;
  /** Whether the pause process runs. */
  readonly ready: boolean;
  /** The primary address first; none on the node's network. */
  readonly ips: readonly string[];
  /** Of the pause process, as the node counts; -1 when it has none. */
  readonly pid: number;
  /** The path of its network namespace on the node; empty on the node's network. */
  readonly netnsPath: string;
  /** The name of the image of the pause process. */
  readonly image: string;
  /** The CNI result as containerd keeps it; null on the node's network. */
  readonly cniResult: unknown;
}

export type ContainerState = 'created' | 'running' | 'exited' | 'unknown';

export interface ContainerListItem {
  readonly id: string;
  readonly sandboxId: string;
  readonly metadata: { readonly name: string; readonly attempt: number };
  readonly state: ContainerState;
  readonly labels: Readonly<Record<string, string>>;
}

export interface ContainerStatus {
  readonly id: string;
  readonly metadata: { readonly name: string; readonly attempt: number };
  readonly state: ContainerState;
  /** 0 until it exits. */
  readonly exitCode: number;
  /** `Completed`, `Error`, `OOMKilled`, … once it exited. */
  readonly reason: string;
  readonly message: string;
  /** As the node counts; -1 when it does not run. */
  readonly pid: number;
}

export interface ImageInfo {
  /** The digest of its configuration: `sha256:…`. */
  readonly id: string;
  readonly tags: readonly string[];
  readonly digests: readonly string[];
  /** Bytes. */
  readonly size: number;
}

/** The first process of a sandbox or container ended. */
export interface ExitEvent {
  /** Of the sandbox (its pause process) or the container. */
  readonly id: string;
  /** As the node counts. */
  readonly pid: number;
  /** 128 + N when signal N ended it. */
  readonly exitCode: number;
}
