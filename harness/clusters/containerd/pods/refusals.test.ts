import { describe, expect, it } from '@jest/globals';
import { load } from 'js-yaml';
import type { DocumentPath, Manifest } from '../../../domain/manifest.js';
import { isPod, podRefusals } from './refusals.js';

const manifestOf = (object: unknown): Manifest => ({
  file: 'pod.yaml',
  kind: 'Pod',
  name: 'p',
  object: object as Manifest['object'],
  position: (path: DocumentPath, part = 'value') => ({ line: path.length, column: part === 'key' ? 1 : 2 }),
});

const refusalsOf = (spec: string, abilities = { hostPorts: true }): readonly string[] =>
  podRefusals(
    manifestOf({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: load(spec) }),
    abilities,
  ).map(({ message }) => message);

const inContainer = (fields: string) => refusalsOf(`containers: [{name: c, image: busybox, ${fields}}]`);

describe('podRefusals', () => {
  it('has nothing against what it can do, nor against what `kubectl create --dry-run -o yaml` adds', () => {
    const manifest = load(`
apiVersion: v1
kind: Pod
metadata: {name: web.example, creationTimestamp: null, labels: {run: web}, annotations: {a: b}}
spec:
  dnsPolicy: ClusterFirst
  restartPolicy: Always
  terminationGracePeriodSeconds: 30
  schedulerName: default-scheduler
  automountServiceAccountToken: false
  tolerations: [{operator: Exists}]
  nodeSelector: {kubernetes.io/os: linux, kubernetes.io/hostname: node-2}
  affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {a: b}}}]}}
  hostAliases: [{ip: 192.0.2.1, hostnames: [a.example]}]
  securityContext: {runAsUser: 0, sysctls: [{name: net.core.somaxconn, value: "1024"}], seccompProfile: {type: RuntimeDefault}}
  volumes: [{name: v, emptyDir: {medium: Memory, sizeLimit: 64Mi}}]
  initContainers: [{name: i, image: busybox, command: ["true"]}]
  containers:
  - name: c
    image: nginx:1.25@sha256:0123
    imagePullPolicy: IfNotPresent
    resources: {requests: {cpu: 1, memory: 1e6}, limits: {cpu: 500m}}
    terminationMessagePath: /dev/termination-log
    ports: [{name: http, containerPort: 80, hostPort: 8080, hostIP: 127.0.0.1, protocol: TCP}]
    env: [{name: A, value: ""}, {name: B, valueFrom: {fieldRef: {apiVersion: v1, fieldPath: "metadata.labels['run']"}}}]
    volumeMounts: [{name: v, mountPath: /v, readOnly: true}]
    readinessProbe: {httpGet: {port: http, scheme: HTTP, httpHeaders: [{name: Host, value: x}]}, periodSeconds: 1}
    livenessProbe: null
    securityContext: {capabilities: {add: [NET_ADMIN], drop: [ALL]}, privileged: false, allowPrivilegeEscalation: false}
status: {}
`);
    expect(podRefusals(manifestOf(manifest), { hostPorts: true })).toEqual([]);
  });

  it.each([
    ['livenessProbe: {}', 'this cluster does not do spec.containers[0].livenessProbe'],
    ['comand: [a]', 'this cluster does not do spec.containers[0].comand; did you mean `command`?'],
    ['envFrom: []', 'this cluster does not do spec.containers[0].envFrom'],
    [
      'env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}]',
      'spec.containers[0].env[0].valueFrom.fieldRef is missing',
    ],
    ['env: [{name: A, value: 1}]', 'spec.containers[0].env[0].value must be a string: put it in quotes'],
    [
      'env: [{name: A, valueFrom: {fieldRef: {fieldPath: spec.foo}}}]',
      'spec.containers[0].env[0].valueFrom.fieldRef.fieldPath must be a field of a pod that the environment can have',
    ],
    ['command: sleep 1', 'spec.containers[0].command must be a list'],
    ['args: [1]', 'spec.containers[0].args[0] must be a string: put it in quotes'],
    ['workingDir: tmp', 'spec.containers[0].workingDir must be an absolute path'],
    [
      'imagePullPolicy: Sometimes',
      'this cluster does spec.containers[0].imagePullPolicy only as Always, IfNotPresent, Never',
    ],
    [
      'ports: [{containerPort: 99999}]',
      'spec.containers[0].ports[0].containerPort must be a whole number from 1 to 65535',
    ],
    ['ports: [{hostPort: 1}]', 'spec.containers[0].ports[0].containerPort is missing'],
    ['tty: yes please', 'spec.containers[0].tty must be true or false'],
    [
      'resources: {limits: {cpu: much}}',
      'spec.containers[0].resources.limits.cpu must be a quantity, e.g. 500m or 128Mi',
    ],
    [
      'resources: {limits: {nvidia.com/gpu: 1}}',
      'this cluster does not do spec.containers[0].resources.limits["nvidia.com/gpu"]',
    ],
    ['volumeMounts: [{name: v, mountPath: /v}]', 'there is no volume v in spec.volumes'],
    [
      'securityContext: {runAsNonRoot: true}',
      'this cluster does not do spec.containers[0].securityContext.runAsNonRoot',
    ],
    ['readinessProbe: {}', 'a readiness probe has one of `exec`, `tcpSocket`, `httpGet`'],
    ['readinessProbe: {tcpSocket: {port: http}}', 'the container has no port named http'],
    ['readinessProbe: {grpc: {port: 1}}', 'this cluster does not do spec.containers[0].readinessProbe.grpc'],
    ['lifecycle: {}', 'this cluster does not do spec.containers[0].lifecycle'],
  ])('refuses `%s` of a container', (fields, message) => {
    expect(inContainer(fields)).toContain(message);
  });

  it.each([
    ['volumes: [{name: v, hostPath: {path: /}}]', 'this cluster does not do spec.volumes[0].hostPath'],
    [
      'volumes: [{name: v, emptyDir: {sizeLimit: 1Mi}}]',
      'this cluster does `sizeLimit` only with `medium: Memory`',
    ],
    ['volumes: [{name: v, emptyDir: {}}, {name: v, emptyDir: {}}]', 'the name v is taken already'],
    ['initContainers: [{name: c, image: i}]', 'the name c is taken already'],
    [
      'initContainers: [{name: i, image: i, restartPolicy: Always}]',
      'this cluster does not do spec.initContainers[0].restartPolicy',
    ],
    ['dnsPolicy: None', '`dnsPolicy: None` needs `dnsConfig.nameservers`'],
    [
      'automountServiceAccountToken: true',
      'this cluster does spec.automountServiceAccountToken only as false',
    ],
    ['securityContext: {fsGroup: 1}', 'this cluster does not do spec.securityContext.fsGroup'],
    ['restartPolicy: sometimes', 'this cluster does spec.restartPolicy only as Always, OnFailure, Never'],
    ['hostname: Upper', expect.stringMatching(/^spec\.hostname must be lower-case letters/)],
    [
      'terminationGracePeriodSeconds: -1',
      'spec.terminationGracePeriodSeconds must be a whole number from 0 up',
    ],
    ['topologySpreadConstraints: []', 'this cluster does not do spec.topologySpreadConstraints'],
    ['subdomain: a', 'this cluster does not do spec.subdomain'],
    ['runtimeClassName: kata', 'this cluster does not do spec.runtimeClassName'],
  ])('refuses `%s` of a pod', (fields, message) => {
    expect(refusalsOf(`{containers: [{name: c, image: busybox}], ${fields}}`)).toContainEqual(message);
  });

  it('refuses hostPort where the network does not do it, and one that makes no sense', () => {
    const ports = 'containers: [{name: c, image: i, ports: [{containerPort: 80, hostPort: 8080}]}]';
    expect(refusalsOf(ports, { hostPorts: false })).toEqual([
      expect.stringContaining('has no portmap plugin'),
    ]);
    expect(refusalsOf(`{hostNetwork: true, ${ports}}`)).toEqual([
      "on the node's network, `hostPort` must be `containerPort`",
    ]);
  });

  it('says what is missing, and all of it at once', () => {
    expect(
      podRefusals(
        manifestOf({
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: {},
          spec: { containers: [{ image: 'i' }, 7] },
        }),
        { hostPorts: true },
      ).map(({ message }) => message),
    ).toEqual([
      'metadata.name is missing',
      'spec.containers[0].name is missing',
      'spec.containers[1] must be a map',
    ]);
    expect(podRefusals(manifestOf(null), { hostPorts: true }).map(({ message }) => message)).toEqual([
      'the manifest must be a map',
    ]);
    expect(refusalsOf('containers: []')).toEqual(['spec.containers must have at least 1 item']);
  });

  it('names the place of the key for a field that it does not do, else of the value', () => {
    const manifest = manifestOf({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'c', image: 'i', foo: 1, tty: 1 }] },
    });
    expect(podRefusals(manifest, { hostPorts: true })).toMatchObject([
      { file: 'pod.yaml', line: 4, column: 1, severity: 'error' },
      { line: 4, column: 2 },
    ]);
  });
});

describe('isPod', () => {
  it('takes v1 Pods only', () => {
    const of = (apiVersion: string, kind: string) => isPod({ ...manifestOf({ apiVersion }), kind });
    expect(of('v1', 'Pod')).toBe(true);
    expect(of('v1', 'Service')).toBe(false);
    expect(of('example.org/v1', 'Pod')).toBe(false);
  });
});
