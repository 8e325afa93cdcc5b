import type { Cluster, Node, World } from '../../domain/cluster.js';
import { NetclaimsError } from '../../domain/error.js';
import type { ContainerRecord, PodRecord } from '../../domain/pod-record.js';

/** The pod of that name in the world, as it is now. @throws NetclaimsError `pod/not-found` */
export const findPod = async (world: World, name: string, signal: AbortSignal): Promise<PodRecord> => {
  const pods = await world.pods(signal);
  const pod = pods.find((one) => one.name === name);
  if (pod !== undefined) return pod;
  throw new NetclaimsError({
    code: 'pod/not-found',
    what: `there is no pod ${name}`,
    evidence: [`pods of ${world.namespace}: ${list(pods)}`],
    remedy: 'name a pod of the manifests that no earlier step deleted',
  });
};

/** @throws NetclaimsError `pod/not-found` */
export const findContainer = (pod: PodRecord, name: string): ContainerRecord => {
  const container = pod.containers.find((one) => one.name === name);
  if (container !== undefined) return container;
  throw new NetclaimsError({
    code: 'pod/not-found',
    what: `pod ${pod.name} has no container ${name}`,
    evidence: [`its containers: ${list(pod.containers)}`],
  });
};

/** @throws NetclaimsError `usage/node` */
export const findNode = (cluster: Cluster, name: string): Node => {
  const node = cluster.nodes.find((one) => one.name === name);
  if (node !== undefined) return node;
  throw new NetclaimsError({
    code: 'usage/node',
    what: `there is no node ${name}`,
    evidence: [`nodes of the cluster: ${list(cluster.nodes)}`],
    remedy: "name the node by one of its pods: `in: {node: POD's node}` runs on every cluster",
  });
};

const list = (named: readonly { readonly name: string }[]): string =>
  named.length === 0 ? 'none' : named.map(({ name }) => name).join(', ');
