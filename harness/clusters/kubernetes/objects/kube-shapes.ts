import {
  anyBoolean,
  anyNumber,
  anyRecord,
  anyText,
  itemsOf,
  listOf,
  objectOf,
  optional,
  recordOf,
  type Shape,
} from '../api/answer-shape.js';
import type {
  AnyObject,
  Condition,
  ContainerState,
  ContainerStatus,
  EndedContainer,
  EndpointsObject,
  EventObject,
  Metadata,
  NamespaceObject,
  NodeObject,
  PodObject,
  ServiceObject,
} from './kube-types.js';

/** How each kind of answer is read. Nothing of the server's reaches the rest of the harness but through one of these. */

const labels = recordOf(anyText);

const metadata = objectOf<Metadata>({
  name: optional(anyText),
  namespace: optional(anyText),
  uid: optional(anyText),
  generation: optional(anyNumber),
  labels: optional(labels),
  annotations: optional(labels),
  deletionTimestamp: optional(anyText),
  deletionGracePeriodSeconds: optional(anyNumber),
  ownerReferences: optional(
    listOf(objectOf<{ kind: string; name: string }>({ kind: anyText, name: anyText })),
  ),
});

/** Objects of a list are told apart by their names. */
const named: Shape<Metadata> = (value, at) => {
  const read = metadata(value, at);
  anyText(read.name, `${at}.name`);
  return read;
};

const condition = objectOf<Condition>({
  type: anyText,
  status: anyText,
  reason: optional(anyText),
  message: optional(anyText),
});

const endedContainer = objectOf<EndedContainer>({
  exitCode: anyNumber,
  reason: optional(anyText),
  message: optional(anyText),
  startedAt: optional(anyText),
  finishedAt: optional(anyText),
});

const containerState = objectOf<ContainerState>({
  running: optional(anyRecord),
  waiting: optional(
    objectOf<{ reason?: string; message?: string }>({
      reason: optional(anyText),
      message: optional(anyText),
    }),
  ),
  terminated: optional(endedContainer),
});

const containerStatus = objectOf<ContainerStatus>({
  name: anyText,
  ready: anyBoolean,
  restartCount: anyNumber,
  containerID: optional(anyText),
  state: optional(containerState),
  lastState: optional(containerState),
});

const address = objectOf<{ ip: string }>({ ip: anyText });

export const pod = objectOf<PodObject>({
  metadata: { optional: named },
  spec: optional(
    objectOf<NonNullable<PodObject['spec']>>({
      nodeName: optional(anyText),
      hostNetwork: optional(anyBoolean),
      restartPolicy: optional(anyText),
      terminationGracePeriodSeconds: optional(anyNumber),
      containers: optional(
        listOf(objectOf<{ name: string; image?: string }>({ name: anyText, image: optional(anyText) })),
      ),
    }),
  ),
  status: optional(
    objectOf<NonNullable<PodObject['status']>>({
      phase: optional(anyText),
      reason: optional(anyText),
      message: optional(anyText),
      conditions: optional(listOf(condition)),
      podIPs: optional(listOf(address)),
      initContainerStatuses: optional(listOf(containerStatus)),
      containerStatuses: optional(listOf(containerStatus)),
    }),
  ),
});
export const pods = itemsOf(pod);

const node = objectOf<NodeObject>({
  metadata: { optional: named },
  spec: optional(objectOf<NonNullable<NodeObject['spec']>>({ podCIDRs: optional(listOf(anyText)) })),
  status: optional(
    objectOf<NonNullable<NodeObject['status']>>({
      conditions: optional(listOf(condition)),
      nodeInfo: optional(
        objectOf<NonNullable<NonNullable<NodeObject['status']>['nodeInfo']>>({
          containerRuntimeVersion: optional(anyText),
          kernelVersion: optional(anyText),
          operatingSystem: optional(anyText),
        }),
      ),
    }),
  ),
});
export const nodes = itemsOf(node);

const namespaceStatus = objectOf<NonNullable<NamespaceObject['status']>>({
  conditions: optional(
    listOf(
      objectOf<{ status?: string; message?: string }>({
        status: optional(anyText),
        message: optional(anyText),
      }),
    ),
  ),
});

export const namespace = objectOf<NamespaceObject>({
  metadata: { optional: named },
  status: optional(namespaceStatus),
});

export const namespaces = itemsOf(namespace);

export const service = objectOf<ServiceObject>({
  spec: optional(
    objectOf<NonNullable<ServiceObject['spec']>>({
      selector: optional(labels),
      type: optional(anyText),
      clusterIP: optional(anyText),
      clusterIPs: optional(listOf(anyText)),
    }),
  ),
});

export const endpoints = itemsOf(
  objectOf<EndpointsObject>({
    metadata: { optional: named },
    subsets: optional(
      listOf(
        objectOf<{ addresses?: readonly { readonly ip: string }[] }>({
          addresses: optional(listOf(address)),
        }),
      ),
    ),
  }),
);

export const events = itemsOf(
  objectOf<EventObject>({
    type: optional(anyText),
    reason: optional(anyText),
    message: optional(anyText),
    lastTimestamp: optional(anyText),
    eventTime: optional(anyText),
    firstTimestamp: optional(anyText),
    count: optional(anyNumber),
    involvedObject: optional(
      objectOf<NonNullable<EventObject['involvedObject']>>({
        kind: optional(anyText),
        name: optional(anyText),
        uid: optional(anyText),
      }),
    ),
  }),
);

/** What objects of all kinds have. */
export const identified = objectOf<Pick<AnyObject, 'metadata'>>({ metadata: optional(metadata) });

/** An object of any kind: a workload, for one. */
export const anyObject = objectOf<AnyObject>({
  metadata: optional(metadata),
  spec: optional(anyRecord),
  status: optional(anyRecord),
});

export const version = objectOf<{ readonly gitVersion: string }>({ gitVersion: anyText });
