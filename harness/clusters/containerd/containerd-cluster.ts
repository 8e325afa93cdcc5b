import { release } from 'node:os';
import type { ClusterOptions } from '../../domain/cluster-provider.js';
import type { Capabilities } from '../../domain/capabilities.js';
import type { Cluster, Node } from '../../domain/cluster.js';
import { describeError, NetclaimsError } from '../../domain/error.js';
import type { Facts } from '../../domain/fact-types.js';
import { allDone } from '../../domain/all-done.js';
import { undescribedNetwork } from '../../domain/undescribed-network.js';
import { fileLock } from '../file-lock.js';
import type { Machine } from '../machine.js';
import { watchGround, type WatchedGround } from '../ground/watch-ground.js';
import { nodeFootings, underlayFooting, type HeldEnds } from './node-footings.js';
import { connectNode, type ConnectedNode, type NodeRecord } from './connect-node.js';
import { podsHaveVeths } from './detect-veth.js';
import { pathOnNode } from './node/boot.js';
import { nodePaths } from './node/containerd-config.js';
import { isPod, podRefusals } from './pods/refusals.js';
import { reconfigureNodes, restoreNetworks } from './reconfigure/reconfigure-nodes.js';
import { sweepWorlds } from './pods/sweep-worlds.js';
import { worldOwners } from './pods/world-owners.js';
import { openWorld } from './pods/world.js';

/** What another process must know of a cluster to use it. */
export interface ClusterRecord {
  readonly cni: string;
  /** What the network is to look like; missing where nothing says so. */
  readonly looks?: Facts<'Network'>;
  /** What starts its containers, with the version. */
  readonly ociRuntime: string;
  readonly capabilities: readonly string[];
  /** Whether the network can map ports of the node to pods. */
  readonly hostPorts: boolean;
  /** Relative to the root of the cgroup hierarchies. */
  readonly cgroup: string;
  /** The first process of the network namespace that joins the nodes, as this machine counts. */
  readonly underlayPid: number;
  readonly underlayStartTime: number;
  /** The PID namespace in which these processes have their numbers. */
  readonly pidNamespace: number;
  /** What these processes carry, and no others. */
  readonly mark: string;
  /** At least one. */
  readonly nodes: readonly NodeRecord[];
  /** ISO 8601. */
  readonly createdAt: string;
  /** By what others like it are made; missing where it is kept: whoever keeps it may change it. */
  readonly likeness?: ClusterLikeness;
}

/** The options that make a cluster what it is. */
export type ClusterLikeness = Pick<
  ClusterOptions,
  'cni' | 'cniBinDir' | 'otherNetworks' | 'nodes' | 'load' | 'ipFamily'
>;

/**
 * Connects to the nodes of a cluster, and removes what killed runs left on them. Disposing of what it gives ends the connections and
 * nothing else: worlds that are still open then are left on purpose.
 */
export const connectCluster = async (
  record: ClusterRecord,
  machine: Machine,
  ends: HeldEnds,
  progress: (phase: string) => void,
  signal: AbortSignal,
): Promise<Cluster> => {
  const nodes: ConnectedNode[] = [];
  const disconnect = () => nodes.forEach((node) => node[Symbol.dispose]());
  let ground: WatchedGround | undefined;
  try {
    await allDone(
      record.nodes.map(async (node, index) => {
        nodes[index] = await connectNode(node, record, machine, signal);
      }),
    );
    const watched = (ground = await groundOf(record, nodes, ends));
    // The first node keeps the book of all of them.
    const owners = await worldOwners(pathOnNode(firstOf(record.nodes).initPid, nodePaths.worlds));
    await sweepWorlds(owners, nodes, progress, signal);
    await restoreNetworks(nodes, signal);
    const abilities = { hostPorts: record.hostPorts };
    const open = (namespace: string) =>
      owners.own(namespace, () => openWorld({ nodes, abilities }, namespace));
    const described = record.looks === undefined ? [] : ['described-network'];
    const capabilities = [...record.capabilities, ...described, 'own-nodes', 'changeable-network'];
    const facts: Facts<'Cluster'> = {
      provider: 'containerd',
      cni: record.cni,
      network: record.looks ?? undescribedNetwork,
      kubernetes: '',
      runtime: `${firstOf(nodes).runtime}, ${record.ociRuntime}`,
      kernel: release(),
      capabilities,
    };
    return {
      facts,
      nodes: nodes.map(({ node }) => node),
      ground: watched,
      refusals: (manifest) => podRefusals(manifest, abilities),
      supports: isPod,
      reconfigure: (change, whenAborted) => reconfigureNodes(nodes, change, whenAborted),
      openWorld: open,
      lock: fileLock(pathOnNode(firstOf(record.nodes).initPid, nodePaths.lock)),
      detect: async (wanted, whenAborted) =>
        wanted.includes('veth')
          ? withVeth(capabilities, firstOf(nodes).node, open, whenAborted)
          : { has: capabilities, untested: new Map() },
      async [Symbol.asyncDispose]() {
        await watched[Symbol.asyncDispose]();
        await owners.leave();
        disconnect();
      },
    };
  } catch (error) {
    await ground?.[Symbol.asyncDispose]();
    disconnect();
    throw error;
  }
};

const groundOf = async (
  { underlayPid, nodes: records }: ClusterRecord,
  nodes: readonly ConnectedNode[],
  ends: HeldEnds,
): Promise<WatchedGround> => {
  const ofNodes = records.map(async (record, index) => {
    const node = nodes[index];
    return node === undefined ? [] : nodeFootings(record, node, ends);
  });
  const [underlay, ...others] = await Promise.all([underlayFooting(underlayPid, ends), ...ofNodes]);
  return watchGround([underlay, ...others.flat()]);
};

/** A trial that could not be made leaves it untested: not found out is not the same as not there. */
const withVeth = async (
  known: readonly string[],
  node: Node,
  open: Cluster['openWorld'],
  signal: AbortSignal,
): Promise<Capabilities> => {
  try {
    return {
      has: (await podsHaveVeths(node, open, signal)) ? [...known, 'veth'] : known,
      untested: new Map(),
    };
  } catch (error) {
    signal.throwIfAborted();
    return { has: known, untested: new Map([['veth', describeError(error)]]) };
  }
};

const firstOf = <T>([first]: readonly T[]): T => {
  if (first !== undefined) return first;
  throw new NetclaimsError({ code: 'cluster/no-node', what: 'the cluster has no node' });
};
