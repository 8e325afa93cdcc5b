import { randomBytes } from 'node:crypto';
import type { Node, World } from '../../../domain/cluster.js';
import { NetclaimsError } from '../../../domain/error.js';
import { cacheDir } from '../../../e2e/cache-dir.js';
import { builtInImages, pauseImage } from '../../images/builtin.js';
import { ownIdentity } from '../../process-identity.js';
import { connectCri, type CriClient } from '../cri/cri-client.js';
import { bootNode, pathOnNode } from '../node/boot.js';
import { cniNetwork } from '../node/cni-network.js';
import { nodePaths } from '../node/containerd-config.js';
import { nodeOf } from '../node/enter.js';
import { imageStore } from '../node/image-store.js';
import { ociRuntime } from '../node/oci-runtime.js';
import { nodeImages } from '../node/node-images.js';
import { cgroupOf, removeCgroup } from '../node/run-cgroup.js';
import type { NodeDependencies } from './node-world.js';
import { openWorld } from './world.js';

/** A node for tests, with what tests look at. */
export interface TestNode extends AsyncDisposable {
  readonly initPid: number;
  readonly cri: CriClient;
  readonly node: Node;
  readonly dependencies: NodeDependencies;
  /** @param cri the connection to use instead of `cri` */
  open(namespace: string, cri?: CriClient): Promise<World>;
  /** What a command prints on the node. */
  out(...argv: readonly string[]): Promise<string>;
  /** What pods have left on the node: processes, namespaces, addresses, folders, mounts, cgroups. Empty when there is nothing. */
  left(): Promise<string>;
}

const never = new AbortController().signal;
const progress = () => undefined;

/** Boots a node with the network of that name. Its images are those built in, and none can be fetched. */
export const bootTestNode = async (cni = 'bridge'): Promise<TestNode> => {
  const archives = await builtInImages({ cacheDir, progress }, never);
  const store = await imageStore(archives, { cacheDir, runtime: 'test', progress }, never);
  const network = await cniNetwork(cni);
  const booted = await bootNode(
    {
      name: 'node-1',
      mark: 'test',
      store,
      pauseImage,
      runtime: await ociRuntime(never),
      conflist: { file: network.file, content: network.onNode(['10.244.0.0/24']) },
      cniBinDir: undefined,
    },
    never,
  );
  const { initPid } = booted;
  const cgroupParent = cgroupOf(await ownIdentity(), randomBytes(4).toString('hex'));
  const cri = connectCri(pathOnNode(initPid, nodePaths.socket));
  await cri.ready(20_000, never);
  const node = nodeOf('node-1', initPid);
  const dependencies: NodeDependencies = {
    cri,
    node,
    identity: { name: node.name, ips: ['10.244.0.1'], cgroupParent },
    network: network.name,
    images: nodeImages({
      has: async (name, signal) => (await cri.imageStatus(name, signal)) !== undefined,
      pull: (name) =>
        Promise.reject(new NetclaimsError({ code: 'image/no-client', what: `${name} cannot be fetched` })),
      load: () => Promise.resolve(),
    }),
    here: (path) => pathOnNode(initPid, path),
  };
  const abilities = { hostPorts: network.plugins.includes('portmap') };
  const out = async (...argv: readonly string[]) =>
    (await node.exec({ argv, timeoutMs: 10_000 }, never)).stdout;
  const leftovers = [
    'ls /run/netns /var/log/pods /var/lib/kubelet/pods 2>/dev/null | grep -v ":$"',
    'find /var/lib/cni/networks -type f -name "[0-9]*" 2>/dev/null',
    'ip -o link | grep -Ev "^[0-9]+: (lo|cni0):"',
    'grep -E " /(var/lib/kubelet|run/containerd/io.containerd.grpc)" /proc/mounts',
    // Those that have ended and that their parent has not heard of yet are only a line in a table.
    'ps -eo stat=,comm= | grep -v ^Z | grep shim',
    // The folder where a v2 hierarchy would be beside those of v1 is the node's own memory.
    `find /sys/fs/cgroup -path '*${cgroupParent}/*' -type d '(' -fstype cgroup -o -fstype cgroup2 ')' 2>/dev/null`,
    'true',
  ];
  return {
    out,
    left: async () => (await out('sh', '-c', leftovers.join('; '))).trim(),
    initPid,
    cri,
    node,
    dependencies,
    open: (namespace, cri = dependencies.cri) =>
      openWorld({ nodes: [{ ...dependencies, cri }], abilities }, namespace),
    async [Symbol.asyncDispose]() {
      cri[Symbol.dispose]();
      await booted[Symbol.asyncDispose]();
      await removeCgroup(cgroupParent);
    },
  };
};
