import { pullImage } from '../images/registry.js';
import type { Machine } from '../machine.js';
import { connectCri } from './cri/cri-client.js';
import { pathOnNode } from './node/boot.js';
import { nodePaths } from './node/containerd-config.js';
import { nodeOf } from './node/enter.js';
import { importArchive } from './node/import-archive.js';
import { nodeImages } from './node/node-images.js';
import type { NodeDependencies } from './pods/node-world.js';
import { podFilesOn, type PodFiles } from './pods/pod-files.js';

/** What another process must know of a node to use it. */
export interface NodeRecord {
  readonly name: string;
  /** Of its first process, as this machine counts. */
  readonly initPid: number;
  /** Tells it from a later process of that number. */
  readonly initStartTime: number;
  /** Its addresses, the primary one first. */
  readonly ips: readonly string[];
}

/** A node whose containerd answers. Disposing of it ends the connection. */
export interface ConnectedNode extends NodeDependencies, Disposable {
  readonly files: PodFiles;
  /** The container runtime and its version. */
  readonly runtime: string;
}

/** How long a node's containerd may take from being started to answering. */
const startTimeoutMs = 20_000;

/** Connects to a node. @param cluster the name of its CNI network, and where its pods' cgroups are */
export const connectNode = async (
  { name, initPid, ips }: NodeRecord,
  cluster: { readonly cni: string; readonly cgroup: string },
  machine: Machine,
  signal: AbortSignal,
): Promise<ConnectedNode> => {
  const cri = connectCri(pathOnNode(initPid, nodePaths.socket));
  try {
    await cri.ready(startTimeoutMs, signal);
    const { runtimeName, runtimeVersion } = await cri.version(signal);
    const node = nodeOf(name, initPid);
    const here = (path: string) => pathOnNode(initPid, path);
    return {
      cri,
      node,
      identity: { name, ips, cgroupParent: cluster.cgroup },
      network: cluster.cni,
      images: nodeImages({
        has: async (image, whenAborted) => (await cri.imageStatus(image, whenAborted)) !== undefined,
        pull: (image, whenAborted) =>
          pullImage(image, { cacheDir: machine.cacheDir, env: machine.registryEnv }, whenAborted),
        load: (archive, whenAborted) => importArchive({ initPid }, archive.path, whenAborted),
      }),
      here,
      files: podFilesOn(node, here),
      runtime: `${runtimeName} ${runtimeVersion}`,
      [Symbol.dispose]: () => cri[Symbol.dispose](),
    };
  } catch (error) {
    cri[Symbol.dispose]();
    throw error;
  }
};
