import { describe, expect, it } from '@jest/globals';
import type { Manifest } from '../../../domain/manifest.js';
import { containerConfig } from './container-config.js';
import type { PodIdentity } from './pod-identity.js';
import { readPod } from './pod-manifest.js';
import { sandboxConfig } from './sandbox-config.js';

const identityOf = (spec: object): PodIdentity => {
  const manifest: Manifest = {
    file: 'pod.yaml',
    kind: 'Pod',
    name: 'web',
    object: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', labels: { app: 'web' }, annotations: { note: 'x' } },
      spec,
    },
    position: () => ({ line: 1, column: 1 }),
  };
  const node = { name: 'node-1', ips: ['192.0.2.1'], cgroupParent: '/netclaims' };
  return { pod: readPod(manifest), namespace: 'ns', uid: 'uid-1', node };
};

const dns = { servers: ['192.0.2.53'], searches: ['node.example'], options: ['ndots:1', 'rotate'] };
const sandboxOf = (spec: object, attempt = 0) =>
  sandboxConfig(identityOf(spec), attempt, { logs: '/var/log/pods', dns });
const containerOf = (spec: object, attempt = 0) => {
  const identity = identityOf(spec);
  const [container] = identity.pod.containers;
  if (container === undefined) throw new Error('a pod has containers');
  return containerConfig(identity, container, {
    attempt,
    image: 'docker.io/library/nginx:latest',
    podIps: ['10.0.0.2', 'fd00::2'],
    mounts: [],
  });
};

const plain = { containers: [{ name: 'c', image: 'nginx' }] };

describe('sandboxConfig', () => {
  it('is what a kubelet asks for', () => {
    expect(sandboxOf(plain, 2)).toEqual({
      metadata: { name: 'web', uid: 'uid-1', namespace: 'ns', attempt: 2 },
      hostname: 'web',
      logDirectory: '/var/log/pods/ns_web_uid-1',
      portMappings: [],
      labels: {
        app: 'web',
        'io.kubernetes.pod.name': 'web',
        'io.kubernetes.pod.namespace': 'ns',
        'io.kubernetes.pod.uid': 'uid-1',
      },
      annotations: { note: 'x', 'kubernetes.io/config.source': 'api' },
      linux: {
        cgroupParent: '/netclaims',
        sysctls: {},
        securityContext: {
          namespaceOptions: { network: 'POD', pid: 'CONTAINER', ipc: 'POD' },
          privileged: false,
          seccomp: { profileType: 'Unconfined' },
        },
      },
    });
  });

  it('has what the manifest says of namespaces, sysctls, ports, users and DNS', () => {
    const config = sandboxOf({
      hostname: 'other',
      shareProcessNamespace: true,
      hostIPC: true,
      securityContext: {
        runAsUser: 1,
        runAsGroup: 2,
        supplementalGroups: [3],
        sysctls: [{ name: 'net/core/somaxconn', value: '7' }],
        seccompProfile: { type: 'RuntimeDefault' },
      },
      dnsConfig: {
        nameservers: ['192.0.2.54'],
        searches: ['node.example', 'x.example'],
        options: [{ name: 'ndots', value: '5' }],
      },
      containers: [
        {
          name: 'a',
          image: 'i',
          ports: [
            { containerPort: 80, hostPort: 8080 },
            { containerPort: 53, protocol: 'UDP', hostIP: '127.0.0.1' },
          ],
        },
        { name: 'b', image: 'i', securityContext: { privileged: true } },
      ],
    });
    expect(config).toMatchObject({
      hostname: 'other',
      dnsConfig: {
        servers: ['192.0.2.53', '192.0.2.54'],
        searches: ['node.example', 'x.example'],
        options: ['rotate', 'ndots:5'],
      },
      portMappings: [
        { protocol: 'TCP', containerPort: 80, hostPort: 8080, hostIp: '' },
        { protocol: 'UDP', containerPort: 53, hostPort: 0, hostIp: '127.0.0.1' },
      ],
      linux: {
        sysctls: { 'net.core.somaxconn': '7' },
        securityContext: {
          namespaceOptions: { network: 'POD', pid: 'POD', ipc: 'NODE' },
          runAsUser: { value: 1 },
          runAsGroup: { value: 2 },
          supplementalGroups: [3],
          privileged: true,
          seccomp: { profileType: 'RuntimeDefault' },
        },
      },
    });
  });

  it("maps no ports and names nothing on the node's network", () => {
    const config = sandboxOf({
      hostNetwork: true,
      hostPID: true,
      containers: [{ name: 'c', image: 'i', ports: [{ containerPort: 80, hostPort: 80 }] }],
    });
    expect(config).toMatchObject({ hostname: '', portMappings: [] });
    expect(config.linux.securityContext.namespaceOptions).toEqual({
      network: 'NODE',
      pid: 'NODE',
      ipc: 'POD',
    });
  });
});

describe('containerConfig', () => {
  it('is what a kubelet asks for', () => {
    expect(containerOf(plain, 3)).toEqual({
      metadata: { name: 'c', attempt: 3 },
      image: { image: 'docker.io/library/nginx:latest' },
      command: [],
      args: [],
      workingDir: '',
      envs: [],
      mounts: [],
      labels: {
        'io.kubernetes.container.name': 'c',
        'io.kubernetes.pod.name': 'web',
        'io.kubernetes.pod.namespace': 'ns',
        'io.kubernetes.pod.uid': 'uid-1',
      },
      annotations: {
        'io.kubernetes.container.restartCount': '3',
        'io.kubernetes.pod.terminationGracePeriod': '30',
      },
      logPath: 'c/3.log',
      stdin: false,
      stdinOnce: false,
      tty: false,
      linux: {
        resources: {},
        securityContext: {
          capabilities: { addCapabilities: [], dropCapabilities: [] },
          privileged: false,
          namespaceOptions: { network: 'POD', pid: 'CONTAINER', ipc: 'POD' },
          readonlyRootfs: false,
          noNewPrivs: false,
          maskedPaths: expect.arrayContaining(['/proc/kcore', '/sys/firmware']),
          readonlyPaths: expect.arrayContaining(['/proc/sys']),
          seccomp: { profileType: 'Unconfined' },
        },
      },
    });
  });

  it('expands variables in command and arguments, and knows the fields of its pod', () => {
    const env = [
      { name: 'IPS', valueFrom: { fieldRef: { fieldPath: 'status.podIPs' } } },
      { name: 'HOST', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
      { name: 'APP', valueFrom: { fieldRef: { fieldPath: "metadata.labels['app']" } } },
      { name: 'NONE', valueFrom: { fieldRef: { fieldPath: "metadata.annotations['none']" } } },
      { name: 'BOTH', value: '$(APP)@$(HOST) $(LATER)' },
      { name: 'LATER', value: '1' },
    ];
    const config = containerOf({
      containers: [{ name: 'c', image: 'i', env, command: ['$(APP)', '$$(APP)'], args: ['$(BOTH)'] }],
    });
    expect(config.envs).toEqual([
      { key: 'IPS', value: '10.0.0.2,fd00::2' },
      { key: 'HOST', value: '192.0.2.1' },
      { key: 'APP', value: 'web' },
      { key: 'NONE', value: '' },
      { key: 'BOTH', value: 'web@192.0.2.1 $(LATER)' },
      { key: 'LATER', value: '1' },
    ]);
    expect(config.command).toEqual(['web', '$(APP)']);
    expect(config.args).toEqual(['web@192.0.2.1 $(LATER)']);
  });

  it('is confined by what it says itself before what its pod says', () => {
    const { linux } = containerOf({
      securityContext: { runAsUser: 1, runAsGroup: 2 },
      containers: [
        {
          name: 'c',
          image: 'i',
          securityContext: {
            runAsUser: 0,
            privileged: true,
            readOnlyRootFilesystem: true,
            allowPrivilegeEscalation: false,
            capabilities: { add: ['NET_ADMIN'], drop: ['ALL'] },
          },
          resources: { limits: { cpu: '250m', memory: '32Mi' }, requests: { memory: '16Mi' } },
        },
      ],
    });
    expect(linux.securityContext).toMatchObject({
      runAsUser: { value: 0 },
      runAsGroup: { value: 2 },
      privileged: true,
      readonlyRootfs: true,
      noNewPrivs: true,
      maskedPaths: [],
      readonlyPaths: [],
      capabilities: { addCapabilities: ['NET_ADMIN'], dropCapabilities: ['ALL'] },
    });
    expect(linux.resources).toEqual({
      cpuShares: 256,
      cpuPeriod: 100_000,
      cpuQuota: 25_000,
      memoryLimitInBytes: 33_554_432,
    });
  });
});
