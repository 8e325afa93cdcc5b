import { allFieldRefs } from './field-ref.js';
import {
  always,
  either,
  flag,
  ignored,
  integer,
  label,
  list,
  map,
  object,
  oneOf,
  port,
  quantity,
  text,
  type Shape,
} from './shape.js';

const absolutePath = text(/^\//, 'an absolute path');
const address = text(/^[0-9a-fA-F.:]+$/, 'an IP address');
const id = integer(0, 2 ** 31 - 1);
const seccompProfile = object({ type: oneOf('RuntimeDefault', 'Unconfined') }, 'type');

const variable = object(
  {
    name: text(/^[^=\0]+$/, 'a name without `=`'),
    value: text(),
    valueFrom: object(
      {
        fieldRef: object(
          {
            apiVersion: oneOf('v1'),
            fieldPath: text(allFieldRefs, 'a field of a pod that the environment can have'),
          },
          'fieldPath',
        ),
      },
      'fieldRef',
    ),
  },
  'name',
);

const probePort = either('a port or the name of one', port, label);

const readinessProbe = object({
  exec: object({ command: list(text(), 1) }, 'command'),
  tcpSocket: object({ host: text(), port: probePort }, 'port'),
  httpGet: object(
    {
      host: text(),
      port: probePort,
      path: text(),
      scheme: oneOf('HTTP'),
      httpHeaders: list(
        object(
          { name: text(/^[^:\r\n]+$/, 'a header name'), value: text(/^[^\r\n]*$/, 'one line') },
          'name',
          'value',
        ),
      ),
    },
    'port',
  ),
  initialDelaySeconds: integer(0),
  periodSeconds: integer(1),
  timeoutSeconds: integer(1),
  successThreshold: integer(1),
  // After so many failures a container that was ready is not ready any more; here nothing follows from that.
  failureThreshold: integer(1),
});

const containerSecurity = object({
  privileged: flag,
  capabilities: object({ add: list(text()), drop: list(text()) }),
  runAsUser: id,
  runAsGroup: id,
  readOnlyRootFilesystem: flag,
  allowPrivilegeEscalation: flag,
  procMount: oneOf('Default'),
  seccompProfile,
});

const resources = object({ cpu: quantity, memory: quantity });

const initContainer: Readonly<Record<string, Shape>> = {
  name: label,
  image: text(/^\S+$/, 'the name of an image'),
  imagePullPolicy: oneOf('Always', 'IfNotPresent', 'Never'),
  command: list(text()),
  args: list(text()),
  env: list(variable),
  workingDir: absolutePath,
  ports: list(
    object(
      {
        name: label,
        containerPort: port,
        hostPort: port,
        hostIP: address,
        protocol: oneOf('TCP', 'UDP', 'SCTP'),
      },
      'containerPort',
    ),
  ),
  resources: object({ requests: resources, limits: resources }),
  volumeMounts: list(
    object(
      { name: label, mountPath: absolutePath, readOnly: flag, mountPropagation: oneOf('None') },
      'name',
      'mountPath',
    ),
  ),
  securityContext: containerSecurity,
  stdin: flag,
  stdinOnce: flag,
  tty: flag,
  terminationMessagePath: oneOf('/dev/termination-log'),
  terminationMessagePolicy: oneOf('File'),
};

/** Who must be on a pod's node, or must not. */
const affinity = object({
  requiredDuringSchedulingIgnoredDuringExecution: list(
    object(
      {
        topologyKey: oneOf('kubernetes.io/hostname'),
        labelSelector: object({ matchLabels: map(text()) }, 'matchLabels'),
      },
      'topologyKey',
      'labelSelector',
    ),
  ),
  // A wish that need not be met.
  preferredDuringSchedulingIgnoredDuringExecution: ignored,
});

const spec = object(
  {
    containers: list(object({ ...initContainer, readinessProbe }, 'name', 'image'), 1),
    initContainers: list(object(initContainer, 'name', 'image')),
    volumes: list(
      object(
        { name: label, emptyDir: object({ medium: oneOf('', 'Memory'), sizeLimit: quantity }) },
        'name',
        'emptyDir',
      ),
    ),
    restartPolicy: oneOf('Always', 'OnFailure', 'Never'),
    terminationGracePeriodSeconds: integer(0),
    nodeName: text(/\S/, 'the name of a node'),
    nodeSelector: object({
      'kubernetes.io/os': oneOf('linux'),
      'kubernetes.io/hostname': text(/\S/, 'the name of a node'),
    }),
    // Nodes have no taints here.
    tolerations: ignored,
    affinity: object({ podAffinity: affinity, podAntiAffinity: affinity }),
    hostNetwork: flag,
    hostPID: flag,
    hostIPC: flag,
    shareProcessNamespace: flag,
    hostname: label,
    hostAliases: list(
      object({ ip: address, hostnames: list(text(/^\S+$/, 'a host name'), 1) }, 'ip', 'hostnames'),
    ),
    dnsPolicy: oneOf('ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'),
    dnsConfig: object({
      nameservers: list(address),
      searches: list(text(/^\S+$/, 'a domain')),
      options: list(object({ name: text(/^\S+$/, 'an option'), value: text(/^\S*$/, 'its value') }, 'name')),
    }),
    securityContext: object({
      runAsUser: id,
      runAsGroup: id,
      supplementalGroups: list(id),
      sysctls: list(object({ name: text(/^\S+$/, 'the name of a sysctl'), value: text() }, 'name', 'value')),
      seccompProfile,
    }),
    automountServiceAccountToken: always(false),
    serviceAccountName: oneOf('default'),
    serviceAccount: oneOf('default'),
    // There are no Services to tell a container of.
    enableServiceLinks: flag,
    schedulerName: oneOf('default-scheduler'),
    os: object({ name: oneOf('linux') }, 'name'),
  },
  'containers',
);

/** Every field of a Pod that this cluster does. */
export const podShape: Shape = object(
  {
    apiVersion: oneOf('v1'),
    kind: oneOf('Pod'),
    metadata: object(
      {
        name: text(
          /^(?=.{1,253}$)[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/,
          'lower-case letters, digits, `-` and `.`, beginning and ending with a letter or digit',
        ),
        labels: map(text()),
        annotations: map(text()),
        creationTimestamp: ignored,
        generation: ignored,
        managedFields: ignored,
        selfLink: ignored,
        uid: ignored,
      },
      'name',
    ),
    spec,
    status: ignored,
  },
  'apiVersion',
  'kind',
  'metadata',
  'spec',
);
