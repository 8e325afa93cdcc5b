import { NetclaimsError, wordsOf } from '../../../domain/error.js';
import { blames } from '../../../domain/failure.js';
import type { ContainerRecord, PodRecord } from '../../../domain/pod-record.js';
import { askPatiently, type KubernetesApi } from '../kubernetes-api.js';
import * as shapes from '../objects/kube-shapes.js';
import type { PodObject } from '../objects/kube-types.js';
import { troublesOf } from './pod-trouble.js';
import type { NodeAccess } from './torn-down.js';
import type { RuntimeContainer, RuntimeRecords, SandboxRecord } from '../runtime/runtime-record.js';

/** What a node's runtime has, or why that could not be read. */
type NodeRecords = RuntimeRecords | { readonly unreadable: string };

/**
 * All pods of a namespace, by name: what the API has of them, and what the runtimes of their nodes have, asked beside each other by one command
 * on each node.
 */
export const readPods = async (
  api: KubernetesApi,
  namespace: string,
  access: NodeAccess,
  signal: AbortSignal,
): Promise<readonly PodRecord[]> => {
  const pods = await askPatiently(
    api,
    { method: 'GET', path: `/api/v1/namespaces/${namespace}/pods`, answer: shapes.pods },
    'listing the pods',
    signal,
  );
  const names = [...new Set(pods.flatMap(({ spec }) => spec?.nodeName ?? []))];
  const [entries, troubles] = await Promise.all([
    Promise.all(names.map(async (name) => [name, await recordsOf(name, access, namespace, signal)] as const)),
    troublesOf(pods, api, namespace, signal),
  ]);
  const records = new Map(entries);
  return pods
    .map((pod) => ({
      ...podRecord(pod, records.get(pod.spec?.nodeName ?? '')),
      trouble: troubles.get(pod.metadata?.uid ?? '') ?? '',
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
};

const recordsOf = async (
  name: string,
  { nodes, runtime }: NodeAccess,
  namespace: string,
  signal: AbortSignal,
): Promise<NodeRecords> => {
  const node = nodes.find((each) => each.name === name);
  if (node === undefined) return { unreadable: `commands cannot be run on node ${name}` };
  try {
    return await runtime(node, namespace, signal);
  } catch (error) {
    signal.throwIfAborted();
    // That a node is gone is more than that something of it could not be read.
    if (!(error instanceof NetclaimsError) || blames(error, 'cluster')) throw error;
    return { unreadable: wordsOf(error) };
  }
};

/** One pod as others are told of it. @param records undefined for a pod that has no node yet */
const podRecord = (pod: PodObject, records: NodeRecords | undefined): Omit<PodRecord, 'trouble'> => {
  const { name = '', namespace = '', uid = '' } = pod.metadata ?? {};
  const hostNetwork = pod.spec?.hostNetwork === true;
  const known = records === undefined || 'unreadable' in records ? nothing : records;
  const sandbox = newest(known.sandboxes.filter(({ podUid }) => podUid === uid));
  const containers = known.containers.filter(({ podUid }) => podUid === uid);
  return {
    name,
    namespace,
    uid,
    node: pod.spec?.nodeName ?? '',
    phase: (pod.status?.phase ?? 'Unknown') as PodRecord['phase'],
    hostNetwork,
    ips: (pod.status?.podIPs ?? []).map(({ ip }) => ip),
    netnsPath: hostNetwork ? ownNetns(sandbox) : (sandbox?.netnsPath ?? ''),
    sandbox: {
      id: sandbox?.id ?? '',
      pid: sandbox?.pid ?? -1,
      image: sandbox?.image ?? '',
      ready: sandbox?.ready ?? false,
    },
    containers: (pod.spec?.containers ?? []).map((container) =>
      containerRecord(
        { name: container.name, image: container.image ?? '' },
        known === nothing
          ? asTheServerHas(pod, container.name)
          : newest(containers.filter((each) => each.name === container.name)),
      ),
    ),
    cni: {
      network: hostNetwork ? '' : known.network.name,
      result: hostNetwork ? null : (sandbox?.cniResult ?? null),
    },
    ...(records !== undefined && 'unreadable' in records ? { unreadable: records.unreadable } : {}),
  };
};

const nothing: RuntimeRecords = { sandboxes: [], containers: [], network: { name: '', plugins: [] } };

/** On the node's network the pause process is in the node's netns; without it there is nothing of the pod's to name that by. */
const ownNetns = (sandbox: SandboxRecord | undefined): string =>
  sandbox !== undefined && sandbox.pid > 0 ? `/proc/${sandbox.pid}/ns/net` : '';

/** A kubelet counts up with each sandbox of a pod, and with each start of a container. */
const newest = <T extends { readonly attempt: number }>(all: readonly T[]): T | undefined =>
  all.toSorted((one, other) => other.attempt - one.attempt)[0];

const containerRecord = (
  { name, image }: { readonly name: string; readonly image: string },
  seen: RuntimeContainer | undefined,
): ContainerRecord => ({
  name,
  id: seen?.id ?? '',
  pid: seen?.pid ?? -1,
  image,
  restarts: seen?.attempt ?? 0,
  state: seen?.state ?? 'created',
});

/** What the server has of a container, a moment after the runtime. */
const asTheServerHas = (pod: PodObject, name: string): RuntimeContainer | undefined => {
  const status = (pod.status?.containerStatuses ?? []).find((each) => each.name === name);
  if (status === undefined) return undefined;
  const { state = {}, restartCount, containerID = '' } = status;
  return {
    id: containerID.replace(/^.*:\/\//, ''),
    podUid: pod.metadata?.uid ?? '',
    name,
    attempt: restartCount,
    state: state.running === undefined ? (state.terminated === undefined ? 'created' : 'exited') : 'running',
    pid: -1,
  };
};
