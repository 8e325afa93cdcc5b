/** The server's objects, as far as they are read here; kube-shapes.ts reads them. As in JSON: times are texts. */
type Labels = Readonly<Record<string, string>>;

export interface Metadata {
  readonly name?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly generation?: number;
  readonly labels?: Labels;
  readonly annotations?: Labels;
  readonly deletionTimestamp?: string;
  readonly deletionGracePeriodSeconds?: number;
  readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
}

/** Any object, as far as all of them are alike. */
export interface AnyObject {
  readonly metadata?: Metadata;
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

export interface PodObject {
  readonly metadata?: Metadata;
  readonly spec?: {
    readonly nodeName?: string;
    readonly hostNetwork?: boolean;
    readonly restartPolicy?: string;
    readonly terminationGracePeriodSeconds?: number;
    readonly containers?: readonly { readonly name: string; readonly image?: string }[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly conditions?: readonly Condition[];
    readonly podIPs?: readonly { readonly ip: string }[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

export interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly containerID?: string;
  readonly state?: ContainerState;
  readonly lastState?: ContainerState;
}

export interface ContainerState {
  readonly running?: object;
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly terminated?: EndedContainer;
}

export interface EndedContainer {
  readonly exitCode: number;
  readonly reason?: string;
  readonly message?: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
}

export interface NodeObject {
  readonly metadata?: Metadata;
  readonly spec?: { readonly podCIDRs?: readonly string[] };
  readonly status?: {
    readonly conditions?: readonly Condition[];
    readonly nodeInfo?: {
      readonly containerRuntimeVersion?: string;
      readonly kernelVersion?: string;
      readonly operatingSystem?: string;
    };
  };
}

export interface NamespaceObject {
  readonly metadata?: Metadata;
  readonly status?: {
    readonly conditions?: readonly { readonly status?: string; readonly message?: string }[];
  };
}

export interface ServiceObject {
  readonly spec?: {
    readonly selector?: Labels;
    readonly type?: string;
    readonly clusterIP?: string;
    readonly clusterIPs?: readonly string[];
  };
}

export interface EndpointsObject {
  readonly metadata?: Metadata;
  readonly subsets?: readonly { readonly addresses?: readonly { readonly ip: string }[] }[];
}

export interface EventObject {
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTimestamp?: string;
  readonly eventTime?: string;
  readonly firstTimestamp?: string;
  readonly count?: number;
  readonly involvedObject?: { readonly kind?: string; readonly name?: string; readonly uid?: string };
}

/** When an event happened last, in milliseconds since 1970; 0 when that is not known. */
export const eventTime = ({ lastTimestamp, eventTime: at, firstTimestamp }: EventObject): number =>
  new Date(lastTimestamp ?? at ?? firstTimestamp ?? 0).getTime();
