import { readFile } from 'node:fs/promises';
import process from 'node:process';
import pLimit from 'p-limit';
import { connectCri } from '../harness/clusters/containerd/cri/cri-client.js';
import type { ClusterRecord } from '../harness/clusters/containerd/containerd-cluster.js';
import type { ContainerConfig, SandboxConfig } from '../harness/clusters/containerd/cri/cri-types.js';
import { nodePaths } from '../harness/clusters/containerd/node/containerd-config.js';
import { pathOnNode } from '../harness/clusters/containerd/node/boot.js';
import { machineOf } from '../harness/clusters/machine.js';
import { namedClusters } from '../harness/clusters/named-clusters.js';
import type { Scenario } from '../harness/domain/scenario.js';
import { bootCluster } from './test-cluster.js';

const never = new AbortController().signal;

interface PodSize {
  readonly hostNetwork: boolean;
  readonly images: readonly string[];
}

/** The pods of all worlds of the scenarios, as far as they matter here. */
export const podsOf = (scenarios: readonly Scenario[]): readonly PodSize[] =>
  scenarios.flatMap(({ world, controls }) =>
    [world, ...controls.map((control) => control.world)].flatMap(({ manifests }) =>
      manifests.map(({ object }) => {
        const { hostNetwork, containers } = object.spec as {
          readonly hostNetwork?: boolean;
          readonly containers: readonly { readonly image: string }[];
        };
        return { hostNetwork: hostNetwork === true, images: containers.map(({ image }) => image) };
      }),
    ),
  );

/** What the scenarios' pods cost by hand: boot, make, one exec in each container, stop and remove, four pods side by side. */
export const handWrittenLoop = async (pods: readonly PodSize[]): Promise<void> => {
  const name = `bench-${process.pid}`;
  await using cluster = await bootCluster(name);
  const { stateDir } = machineOf(process.env, process.getuid?.() ?? -1);
  const record = await namedClusters<ClusterRecord>(stateDir).find(name);
  const [node] = record?.nodes ?? [];
  if (record === undefined || node === undefined || cluster.nodes.length !== 1)
    throw new Error('the cluster is not there');
  using cri = connectCri(pathOnNode(node.initPid, nodePaths.socket));
  await readFile(pathOnNode(node.initPid, nodePaths.config));
  const place = pLimit(4);
  await Promise.all(
    pods.map((pod, index) =>
      place(async () => {
        const sandboxConfig = sandboxOf(pod, index, record.cgroup);
        const id = await cri.runPodSandbox(sandboxConfig, never);
        for (const [number, image] of pod.images.entries()) {
          const config = containerOf(pod, image, number);
          const container = await cri.createContainer({ id, config: sandboxConfig }, config, never);
          await cri.startContainer(container, never);
          await cri.execSync(container, ['true'], 10, never);
          await cri.stopContainer(container, 0, never);
        }
        await cri.stopPodSandbox(id, never);
        await cri.removePodSandbox(id, never);
      }),
    ),
  );
};

const namespacesOf = ({ hostNetwork }: PodSize) => ({
  network: hostNetwork ? ('NODE' as const) : ('POD' as const),
  pid: 'CONTAINER' as const,
  ipc: 'POD' as const,
});

const sandboxOf = (pod: PodSize, index: number, cgroupParent: string): SandboxConfig => ({
  metadata: { name: `p${index}`, uid: `u${index}`, namespace: 'bench', attempt: 0 },
  hostname: pod.hostNetwork ? '' : `p${index}`,
  logDirectory: `${nodePaths.podLogs}/bench_p${index}`,
  portMappings: [],
  labels: {},
  annotations: {},
  linux: {
    cgroupParent,
    sysctls: {},
    securityContext: {
      namespaceOptions: namespacesOf(pod),
      privileged: false,
      seccomp: { profileType: 'Unconfined' },
    },
  },
});

const containerOf = (pod: PodSize, image: string, number: number): ContainerConfig => ({
  metadata: { name: `c${number}`, attempt: 0 },
  image: { image: `docker.io/library/${image}:latest` },
  command: ['/bin/sleep', '10000'],
  args: [],
  workingDir: '',
  envs: [],
  mounts: [],
  labels: {},
  annotations: {},
  logPath: `c${number}.log`,
  stdin: false,
  stdinOnce: false,
  tty: false,
  linux: {
    resources: {},
    securityContext: {
      capabilities: { addCapabilities: [], dropCapabilities: [] },
      privileged: false,
      namespaceOptions: namespacesOf(pod),
      readonlyRootfs: false,
      noNewPrivs: false,
      maskedPaths: [],
      readonlyPaths: [],
      seccomp: { profileType: 'Unconfined' },
    },
  },
});
