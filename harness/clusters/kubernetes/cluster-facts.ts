import { isIPv6 } from 'node:net';
import type { Node } from '../../domain/cluster.js';
import { wordsOf } from '../../domain/error.js';
import { undescribedNetwork } from '../../domain/undescribed-network.js';
import { unreadable, type Facts, type Unreadable } from '../../domain/fact-types.js';
import type { ProviderName } from '../../domain/cluster-provider.js';
import { askPatiently, type KubernetesApi } from './kubernetes-api.js';
import type { Shape } from './api/answer-shape.js';
import * as shapes from './objects/kube-shapes.js';
import type { NodeObject, ServiceObject } from './objects/kube-types.js';
import { runtimeReader } from './runtime/read-runtime.js';
import type { NodeNetwork } from './runtime/runtime-record.js';

/** What is known of a cluster without making anything in it. */
export const readClusterFacts = async (
  api: KubernetesApi,
  { provider, cni, nodes }: { provider: ProviderName; cni: string | undefined; nodes: readonly Node[] },
  signal: AbortSignal,
): Promise<Facts<'Cluster'>> => {
  const get = <T>(path: string, answer: Shape<T>, doing: string) =>
    askPatiently(api, { method: 'GET', path, answer }, doing, signal);
  const [version, objects, service, network] = await Promise.all([
    get('/version', shapes.version, 'asking for its version'),
    get('/api/v1/nodes', shapes.nodes, 'listing the nodes'),
    get('/api/v1/namespaces/default/services/kubernetes', shapes.service, 'reading its own Service'),
    cni ?? findNetwork(nodes, signal),
  ]);
  const first = objects.find(({ metadata }) => metadata?.name === nodes[0]?.name) ?? objects[0];
  const { containerRuntimeVersion = '', kernelVersion } = first?.status?.nodeInfo ?? {};
  return {
    provider,
    cni: network,
    network: undescribedNetwork,
    kubernetes: version.gitVersion,
    runtime: containerRuntimeVersion.replace('://', ' '),
    kernel: kernelVersion ?? unreadable('the cluster lists no nodes'),
    capabilities: [
      'kubernetes',
      ...(provider === 'kind' ? ['own-nodes'] : []),
      ...familiesOf(objects, service),
    ],
  };
};

/** The address families of pods: those of the nodes' ranges, or where a network has its own ranges those of the cluster's own Service. */
const familiesOf = (nodes: readonly NodeObject[], { spec }: ServiceObject): readonly string[] => {
  const ranges = nodes.flatMap(({ spec: node }) => node?.podCIDRs ?? []);
  const addresses = ranges.length > 0 ? ranges : (spec?.clusterIPs ?? [spec?.clusterIP ?? '']);
  const families = [
    ...new Set(addresses.map((text) => (isIPv6(text.replace(/\/.*/, '')) ? 'ipv6' : 'ipv4'))),
  ].sort();
  return [...(families.length === 2 ? ['dual-stack'] : []), ...families];
};

/** The plugins by which networks are known that call themselves by other names. */
const knownPlugins: Readonly<Record<string, string>> = {
  calico: 'calico',
  'cilium-cni': 'cilium',
  flannel: 'flannel',
  antrea: 'antrea',
  'aws-cni': 'aws-vpc',
  'azure-vnet': 'azure',
  'ovn-k8s-cni-overlay': 'ovn-kubernetes',
  'weave-net': 'weave',
  multus: 'multus',
};

/** The name by which people know a network. */
export const networkName = ({ name, plugins }: NodeNetwork): string =>
  plugins.map((plugin) => knownPlugins[plugin]).find((known) => known !== undefined) ?? name;

const findNetwork = async (nodes: readonly Node[], signal: AbortSignal): Promise<string | Unreadable> => {
  const [node] = nodes;
  if (node === undefined) return unreadable('there is no node to read its configuration from');
  try {
    const { network } = await runtimeReader()(node, 'default', signal);
    return networkName(network);
  } catch (error) {
    signal.throwIfAborted();
    return unreadable(wordsOf(error));
  }
};
