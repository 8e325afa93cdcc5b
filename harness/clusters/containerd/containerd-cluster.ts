import { release } from 'node:os';
import type { Cluster } from '../../domain/cluster.js';
import { pullImage } from '../images/registry.js';
import type { Machine } from '../machine.js';
import { connectCri } from './cri/cri-client.js';
import { pathOnNode } from './node/boot.js';
import { nodePaths } from './node/containerd-config.js';
import { nodeOf } from './node/enter.js';
import { importArchive } from './node/import-archive.js';
import { nodeImages } from './node/node-images.js';
import { podFilesOn } from './pods/pod-files.js';
import { isPod, podRefusals } from './pods/refusals.js';
import { sweepWorlds } from './pods/sweep-worlds.js';
import { worldOwners } from './pods/world-owners.js';
import { openWorld } from './pods/world.js';

/** What another process must know of a cluster to use it. */
export interface ClusterRecord {
  readonly cni: string;
  /** What starts its containers, with the version. */
  readonly ociRuntime: string;
  readonly capabilities: readonly string[];
  /** Whether the network can map ports of the node to pods. */
  readonly hostPorts: boolean;
  /** Relative to the root of the cgroup hierarchies. */
  readonly cgroup: string;
  readonly node: { readonly name: string; readonly initPid: number };
  /** ISO 8601. */
  readonly createdAt: string;
}

/** How long a node's containerd may take from being started to answering. */
const startTimeoutMs = 20_000;

/**
 * Connects to the node of a cluster, and removes what killed runs left on it. Disposing of what it gives ends the connection and nothing
 * else: worlds that are still open then are left on purpose.
 */
export const connectCluster = async (
  record: ClusterRecord,
  machine: Machine,
  signal: AbortSignal,
): Promise<Cluster> => {
  const { initPid, name } = record.node;
  const cri = connectCri(pathOnNode(initPid, nodePaths.socket));
  try {
    await cri.ready(startTimeoutMs, signal);
    const { runtimeName, runtimeVersion } = await cri.version(signal);
    const node = nodeOf(name, initPid);
    const here = (path: string) => pathOnNode(initPid, path);
    const owners = await worldOwners(here(nodePaths.worlds));
    await sweepWorlds(owners, { cri, node, files: podFilesOn(node, here), here }, signal);
    const abilities = { hostPorts: record.hostPorts };
    const images = nodeImages({
      has: async (image, whenAborted) => (await cri.imageStatus(image, whenAborted)) !== undefined,
      pull: (image, whenAborted) =>
        pullImage(image, { cacheDir: machine.cacheDir, env: machine.registryEnv }, whenAborted),
      load: (archive, whenAborted) => importArchive({ initPid }, archive.path, whenAborted),
    });
    return {
      facts: {
        provider: 'containerd',
        cni: record.cni,
        kubernetes: '',
        runtime: `${runtimeName} ${runtimeVersion}, ${record.ociRuntime}`,
        kernel: release(),
        capabilities: [...record.capabilities, 'own-nodes'],
      },
      nodes: [node],
      refusals: (manifest) => podRefusals(manifest, abilities),
      supports: isPod,
      openWorld: (namespace) =>
        owners.own(namespace, () =>
          openWorld(
            {
              cri,
              node,
              // The node has no address that is not a pod network's: nothing connects it to the machine.
              identity: { name, ips: [], cgroupParent: record.cgroup },
              network: record.cni,
              abilities,
              images,
              here,
            },
            namespace,
          ),
        ),
      async [Symbol.asyncDispose]() {
        await owners.leave();
        cri[Symbol.dispose]();
      },
    };
  } catch (error) {
    cri[Symbol.dispose]();
    throw error;
  }
};
