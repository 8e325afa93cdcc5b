import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import process from 'node:process';
import pLimit from 'p-limit';
import type { ClusterRecord } from '../harness/clusters/containerd/containerd-cluster.js';
import { connectCri, type CriClient } from '../harness/clusters/containerd/cri/cri-client.js';
import type { PipeFolder } from '../harness/clusters/containerd/cri/exec-pipes.js';
import type { SandboxConfig, SandboxStatus } from '../harness/clusters/containerd/cri/cri-types.js';
import { pathOnNode } from '../harness/clusters/containerd/node/boot.js';
import { nodePaths } from '../harness/clusters/containerd/node/containerd-config.js';
import { containerConfig } from '../harness/clusters/containerd/pods/container-config.js';
import { uidLabel, type PodIdentity } from '../harness/clusters/containerd/pods/pod-identity.js';
import { readPod, type PodContainer } from '../harness/clusters/containerd/pods/pod-manifest.js';
import { removePods } from '../harness/clusters/containerd/pods/remove-pods.js';
import { sandboxConfig } from '../harness/clusters/containerd/pods/sandbox-config.js';
import { collectOutput } from '../harness/clusters/output/command-output.js';
import { machineOf } from '../harness/clusters/machine.js';
import { namedClusters } from '../harness/clusters/named-clusters.js';
import type { Node } from '../harness/domain/cluster.js';
import type { Step, WorldPlan } from '../harness/domain/scenario.js';
import { askNode } from '../harness/facts/ask-node.js';
import { bootCluster } from './test-cluster.js';

const never = new AbortController().signal;

/**
 * What the worlds of scenarios cost when they are gone through by hand: a node, the same pods, probes and looks at the node, as many
 * worlds side by side as `verify` has, and nobody who waits for anything, reads what is answered, or judges.
 */
export const handWrittenLoop = async (worlds: readonly WorldPlan[]): Promise<void> => {
  const name = `bench-${process.pid}`;
  await using cluster = await bootCluster(name);
  const { stateDir } = machineOf(process.env, process.getuid?.() ?? -1);
  const record = await namedClusters<ClusterRecord>(stateDir).find(name);
  const [place] = record?.nodes ?? [];
  const [node] = cluster.nodes;
  if (record === undefined || place === undefined || node === undefined)
    throw new Error('the cluster is not there');
  using cri = connectCri(pathOnNode(place.initPid, nodePaths.socket));
  const identity = { name: node.name, ips: place.ips, cgroupParent: record.cgroup };
  const pipes = { there: nodePaths.execPipes, here: pathOnNode(place.initPid, nodePaths.execPipes) };
  const atOnce = pLimit(2 * availableParallelism());
  await Promise.all(
    worlds.map((world, index) =>
      atOnce(() => goThrough(world, `by-hand-${index}`, identity, { cri, node, pipes })),
    ),
  );
};

interface Tools {
  readonly cri: CriClient;
  readonly node: Node;
  readonly pipes: PipeFolder;
}

interface Container {
  readonly id: string;
  readonly pid: number;
}

interface Pod {
  readonly identity: PodIdentity;
  readonly sandbox: { readonly id: string; readonly config: SandboxConfig; readonly status: SandboxStatus };
  readonly containers: Map<string, Container>;
}

const goThrough = async (
  { manifests, steps }: WorldPlan,
  namespace: string,
  node: PodIdentity['node'],
  tools: Tools,
): Promise<void> => {
  const made = await Promise.all(
    manifests
      .map(readPod)
      .map((pod) => makePod({ pod, namespace, uid: randomUUID(), node }, { attempt: 0 }, tools)),
  );
  const pods = new Map(made.map((pod) => [pod.identity.pod.name, pod]));
  for (const step of steps) await take(step, pods, tools);
  await kill(
    [...pods.values()].flatMap(({ sandbox, containers }) => [
      sandbox.status.pid,
      ...[...containers.values()].map(({ pid }) => pid),
    ]),
    tools,
  );
  await Promise.all([...pods.values()].map((pod) => removePod(pod, tools)));
};

const take = async (step: Step, pods: Map<string, Pod>, tools: Tools): Promise<void> => {
  const { cri, node, pipes } = tools;
  const podOf = (name: string): Pod => found(pods.get(name), name);
  switch (step.kind) {
    case 'observe':
      await askNode(node, [...pods.values()].map(askedOf), step.timeoutMs, never);
      return;
    case 'probe': {
      const { place, argv, timeoutMs } = step;
      if (place.kind === 'container') {
        const { id } = found(podOf(place.pod).containers.get(place.container), place.container);
        await cri.exec(id, { argv }, { pipes, output: collectOutput('probe', {}) }, never);
      } else {
        const netns = place.kind === 'netns' ? { netns: podOf(place.pod).sandbox.status.netnsPath } : {};
        await node.exec({ argv, timeoutMs, ...netns }, never);
      }
      return;
    }
    case 'kill': {
      const pod = podOf(step.pod);
      if (step.victim === 'sandbox') pods.set(step.pod, await replacePod(pod, tools));
      else await replaceContainer(pod, step.victim.container, tools);
      return;
    }
    case 'delete':
      for (const { name } of step.targets) {
        const pod = podOf(name);
        const { graceSeconds } = pod.identity.pod;
        await Promise.all(
          [...pod.containers.values()].map(({ id }) => cri.stopContainer(id, graceSeconds, never)),
        );
        await removePod(pod, tools);
        pods.delete(name);
      }
      return;
    case 'wait':
      return;
    default:
      throw new TypeError(`no founding scenario has a step such as ${step.kind}`);
  }
};

const makePod = async (
  identity: PodIdentity,
  { attempt }: { attempt: number },
  tools: Tools,
): Promise<Pod> => {
  const { cri } = tools;
  const config = sandboxConfig(identity, attempt, {
    logs: nodePaths.podLogs,
    dns: { servers: [], searches: [], options: [] },
  });
  const id = await cri.runPodSandbox(config, never);
  const status = found(await cri.podSandboxStatus(id, never), id);
  const pod: Pod = { identity, sandbox: { id, config, status }, containers: new Map() };
  await Promise.all(
    identity.pod.containers.map((container) => startContainer(pod, container, { attempt }, tools)),
  );
  return pod;
};

const startContainer = async (
  { identity, sandbox, containers }: Pod,
  container: PodContainer,
  { attempt }: { attempt: number },
  { cri }: Tools,
): Promise<void> => {
  const image = `docker.io/library/${container.image ?? ''}:latest`;
  const config = containerConfig(identity, container, {
    ...{ attempt, image, podIps: sandbox.status.ips, mounts: [] },
  });
  const id = await cri.createContainer(sandbox, config, never);
  await cri.startContainer(id, never);
  const { pid } = found(await cri.containerStatus(id, never), id);
  containers.set(container.name, { id, pid });
};

const replaceContainer = async (pod: Pod, name: string, tools: Tools): Promise<void> => {
  const { spec, containers } = pod.identity.pod;
  const before = found(pod.containers.get(name), name);
  await kill([before.pid], tools);
  if (spec.restartPolicy === 'Never') return;
  const container = found(
    containers.find((one) => one.name === name),
    name,
  );
  await startContainer(pod, container, { attempt: 1 }, tools);
};

const replacePod = async (pod: Pod, tools: Tools): Promise<Pod> => {
  const { cri } = tools;
  await kill([pod.sandbox.status.pid], tools);
  await Promise.all([...pod.containers.values()].map(({ id }) => cri.stopContainer(id, 0, never)));
  await cri.stopPodSandbox(pod.sandbox.id, never);
  const next = await makePod(pod.identity, { attempt: 1 }, tools);
  await cri.removePodSandbox(pod.sandbox.id, never);
  return next;
};

const removePod = ({ identity }: Pod, { cri }: Tools): Promise<void> =>
  removePods({ [uidLabel]: identity.uid }, [], { cri, files: noFiles }, never);

/** containerd makes and removes all that there is of them here. */
const noFiles = { remove: () => Promise.resolve() };

const kill = async (pids: readonly number[], { node }: Tools): Promise<void> => {
  await node.exec({ argv: ['kill', '-KILL', ...pids.map(String)], timeoutMs: 10_000 }, never);
};

const askedOf = ({ identity, sandbox, containers }: Pod) => ({
  hostNetwork: identity.pod.spec.hostNetwork === true,
  netnsPath: sandbox.status.netnsPath,
  sandbox: sandbox.status,
  containers: [...containers.values()],
});

const found = <T>(value: T | undefined, name: string): T => {
  if (value !== undefined) return value;
  throw new Error(`there is no ${name}`);
};
