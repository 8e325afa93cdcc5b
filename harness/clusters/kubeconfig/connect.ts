import { randomBytes } from 'node:crypto';
import type { ClusterOptions } from '../../domain/cluster-provider.js';
import type { Cluster, Node } from '../../domain/cluster.js';
import { describeError, NetclaimsError } from '../../domain/error.js';
import { cleanup, type Cleanup } from '../cleanup.js';
import type { Footing } from '../ground/watch-ground.js';
import { accessOf } from '../kubernetes/api/access.js';
import { apiClient } from '../kubernetes/api/api-client.js';
import { callerOf, explain } from '../kubernetes/api/explain.js';
import { askPatiently, type KubernetesApi } from '../kubernetes/kubernetes-api.js';
import { connectKubernetes } from '../kubernetes/kubernetes-cluster.js';
import { nodes } from '../kubernetes/objects/kube-shapes.js';
import { holdings } from '../kubernetes/ownership/holdings.js';
import { runtimeReader } from '../kubernetes/runtime/read-runtime.js';
import type { Machine } from '../machine.js';
import { loadKubeConfig } from './load-kubeconfig.js';
import { nodePodsFooting } from './node-pods-footing.js';
import { openNodes } from './open-nodes.js';
import { closedNode } from './pod-node.js';

type Api = Pick<KubernetesApi, 'client' | 'explain'>;

/** What a node pod is made of, where nothing else is said: it has sh, nsenter and timeout; all other tools are the node's. */
const defaultImage = 'busybox';

/**
 * Connects to the cluster of a kubeconfig, and starts a pod on each of its nodes for as long as the connection lasts.
 * @throws NetclaimsError `usage/…`, `cluster/…`
 */
export const connectKubeConfig = async (
  options: ClusterOptions,
  machine: Pick<Machine, 'kubeconfigs'>,
  signal: AbortSignal,
): Promise<Cluster> => {
  refuseUnusable(options);
  const { kubeconfig, context, cni, progress, nodePodImage: image = defaultImage } = options;
  const files = kubeconfig === undefined ? machine.kubeconfigs : [kubeconfig];
  const kubeConfig = await loadKubeConfig({ files, context });
  const kubectl = [
    'kubectl',
    ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]),
    '--context',
    kubeConfig.getCurrentContext(),
  ];
  const undo = cleanup();
  try {
    const client = apiClient(accessOf(kubeConfig));
    undo.defer(() => client[Symbol.dispose]());
    const { cert } = await client.access.options(signal);
    const caller = callerOf(kubeConfig, Buffer.isBuffer(cert) ? cert.toString('utf8') : undefined);
    const api: Api = { client, explain: (error, doing) => explain(error, doing, caller) };
    const names = await readyNodes(api, progress, signal);
    progress(`starting a pod on each node (${names.length})`);
    const { nodes, footings } = await nodesOf(names, { api, image, kubectl }, undo, progress, signal);
    const cluster = await connectKubernetes(
      { provider: 'kubeconfig', kubeConfig, cni, nodes, kubectl, probeImage: image, footings, progress },
      signal,
    );
    undo.defer(() => cluster[Symbol.asyncDispose]());
    return { ...cluster, [Symbol.asyncDispose]: () => undo[Symbol.asyncDispose]() };
  } catch (error) {
    await undo[Symbol.asyncDispose]();
    throw error;
  }
};

const refuseUnusable = ({ load }: ClusterOptions): void => {
  if (load.length === 0) return;
  throw new NetclaimsError({
    code: 'usage/load',
    what: 'images cannot be put on the nodes of a cluster that somebody else made',
    remedy: 'push them to a registry that the nodes reach, or use --cluster kind',
  });
};

/** The names of the Linux nodes that are ready; nothing can be seen on the others. */
const readyNodes = async (
  api: Api,
  progress: (phase: string) => void,
  signal: AbortSignal,
): Promise<readonly string[]> => {
  const request = { method: 'GET', path: '/api/v1/nodes', answer: nodes } as const;
  const all = (await askPatiently(api, request, 'listing the nodes', signal))
    .filter(({ status }) => (status?.nodeInfo?.operatingSystem ?? 'linux') === 'linux')
    .map(({ metadata, status }) => ({
      name: metadata?.name ?? '',
      ready: (status?.conditions ?? []).some((each) => each.type === 'Ready' && each.status === 'True'),
    }));
  const ready = all.filter((node) => node.ready).map(({ name }) => name);
  const others = all.filter((node) => !node.ready).map(({ name }) => name);
  if (ready.length === 0) {
    throw new NetclaimsError({
      code: 'cluster/no-nodes',
      what: 'the cluster has no Linux node that is ready',
      evidence: others.map((name) => `node ${name} is not ready`),
      remedy: 'see `kubectl describe nodes`',
    });
  }
  if (others.length > 0) progress(`left out, as they are not ready: ${others.join(', ')}`);
  return ready.sort();
};

/** Without the right to start pods on nodes, what the API alone can give is there all the same. */
const nodesOf = async (
  names: readonly string[],
  place: { readonly api: Api; readonly image: string; readonly kubectl: readonly string[] },
  undo: Cleanup,
  progress: (phase: string) => void,
  signal: AbortSignal,
): Promise<{ readonly nodes: readonly Node[]; readonly footings: readonly Footing[] }> => {
  const namespace = `netclaims-nodes-${randomBytes(4).toString('hex')}`;
  const held = await holdings(place.api, { nodes: [], runtime: runtimeReader() });
  undo.defer(() => held[Symbol.asyncDispose]());
  const closed = (error: unknown) => {
    const [reason = ''] = describeError(error).split('\n');
    progress(`no facts of nodes: ${reason}`);
    const nodes = names.map((name) => closedNode(name, reason, { ...place, namespace }));
    return { nodes, footings: [] };
  };
  try {
    await held.create(namespace, signal);
  } catch (error) {
    if (error instanceof NetclaimsError && error.code === 'cluster/forbidden') return closed(error);
    throw error;
  }
  undo.defer(async () => {
    // They are `sleep`s, which the kubelets kill at once, whatever the server still knows of them.
    const path = `/api/v1/namespaces/${namespace}/pods`;
    const request = { method: 'DELETE', path, query: { gracePeriodSeconds: '0' } } as const;
    await askPatiently(place.api, request, 'removing the node pods', new AbortController().signal);
    await held.remove(namespace, []);
  });
  const nodes = await openNodes(names, { ...place, namespace }, signal);
  return { nodes, footings: [await nodePodsFooting(place.api, namespace, signal)] };
};
