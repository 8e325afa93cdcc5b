import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Cluster } from '../../domain/cluster.js';
import type { ClusterOptions } from '../../domain/cluster-provider.js';
import { NetclaimsError } from '../../domain/error.js';
import { cleanup } from '../cleanup.js';
import { configuredAbilities } from '../configured-abilities.js';
import { findCommand } from '../find-command.js';
import { readArchive } from '../images/archive-references.js';
import { builtInImages, pauseImage } from '../images/builtin.js';
import type { ImageArchive } from '../images/image-archive.js';
import type { Machine } from '../machine.js';
import type { NamedClusters } from '../named-clusters.js';
import { identifyProcess, ownIdentity } from '../process-identity.js';
import { unshared } from '../unshared.js';
import { protocol } from './cri/protocol.js';
import { connectCluster, type ClusterRecord } from './containerd-cluster.js';
import { bootNodes } from './boot-nodes.js';
import type { HeldEnds } from './node-footings.js';
import { cniBinDirs, containerdLog } from './node/boot.js';
import { cniNetwork, familiesOf, refuseSameAddresses, type CniNetwork } from './node/cni-network.js';
import { imageStore } from './node/image-store.js';
import { ociRuntime } from './node/oci-runtime.js';
import { cgroupOf, removeCgroup } from './node/run-cgroup.js';
import { mostNodes } from './node/underlay-plan.js';

/**
 * Boots a cluster. Disposing of it ends its nodes, unless it was to be kept.
 * @throws NetclaimsError `cluster/…`, `image/…`, `usage/…`
 */
export const createCluster = async (
  options: ClusterOptions,
  machine: Machine,
  named: NamedClusters<ClusterRecord>,
  signal: AbortSignal,
): Promise<Cluster> => {
  if (options.nodes > mostNodes) {
    throw new NetclaimsError({
      code: 'usage/nodes',
      what: `a cluster of containerd nodes has at most ${mostNodes} of them, not ${options.nodes}`,
      remedy: 'give --nodes a smaller number',
    });
  }
  const [network, archives, runtime] = await Promise.all([
    usableNetwork(options),
    archivesFor(options, machine, signal),
    ociRuntime(signal),
  ]);
  const store = await imageStore(
    archives,
    { cacheDir: machine.cacheDir, runtime: await runtimeBuild(), progress: options.progress },
    signal,
  );

  const undo = cleanup();
  try {
    const reservation = options.name === undefined ? undefined : await named.reserve(options.name);
    undo.defer(() => reservation?.[Symbol.asyncDispose]());

    const mark = `${options.name === undefined ? 'held' : named.fileOf(options.name)}#${randomBytes(8).toString('hex')}`;
    options.progress(options.nodes === 1 ? 'booting the node' : `booting ${options.nodes} nodes`);
    const { cni, cniBinDir, otherNetworks, ipFamily = 'ipv4', load, nodes: count } = options;
    const booting = bootNodes(
      { count, ipFamily, network, store, pauseImage, runtime, cniBinDir, mark },
      signal,
    );
    // Reading it keeps this process busy while the nodes' own boot.
    protocol();
    const booted = await booting;
    undo.defer(() => booted[Symbol.asyncDispose]());
    const initPid = booted.nodes[0]?.initPid ?? -1;

    const owner = options.life === 'kept' ? await identifyProcess(initPid) : await ownIdentity();
    if (owner === undefined) throw new Error('the node ended while it was booted');
    const cgroup = cgroupOf(owner, randomBytes(4).toString('hex'));
    // Pods are made in it only after this, and it can go only after the nodes' processes.
    undo.defer(() => removeCgroup(cgroup));
    undo.defer(() => booted[Symbol.asyncDispose]());

    const record: ClusterRecord = {
      cni: network.name,
      ...(network.looks === undefined ? {} : { looks: network.looks }),
      ociRuntime: runtime?.name ?? '',
      capabilities: capabilitiesOf(booted.conflist),
      hostPorts: network.plugins.includes('portmap'),
      cgroup,
      underlayPid: booted.underlayPid,
      underlayStartTime: booted.underlayStartTime,
      pidNamespace: owner.pidNamespace,
      mark,
      nodes: booted.nodes,
      createdAt: new Date().toISOString(),
      ...(options.life === 'held'
        ? { likeness: { cni, cniBinDir, otherNetworks, ipFamily, load, nodes: count } }
        : {}),
    };
    const cluster = await usableCluster(record, machine, named, booted.ends, options.progress, signal).catch(
      async (cause: unknown) => {
        throw signal.aborted ? cause : await notStarted(initPid, cause);
      },
    );
    undo.defer(() => cluster[Symbol.asyncDispose]());

    await reservation?.publish(record, owner);
    if (options.life === 'kept') {
      booted.keep();
      return cluster;
    }
    const own = options.name === undefined ? unshared(cluster) : cluster;
    return { ...own, [Symbol.asyncDispose]: () => undo[Symbol.asyncDispose]() };
  } catch (error) {
    await undo[Symbol.asyncDispose]();
    throw error;
  }
};

/** The cluster of a record, with others like it where they can be made. Disposing of it leaves its nodes, and removes the others. */
export const usableCluster = async (
  record: ClusterRecord,
  machine: Machine,
  named: NamedClusters<ClusterRecord>,
  ends: HeldEnds,
  progress: (phase: string) => void,
  signal: AbortSignal,
): Promise<Cluster> => {
  const cluster = await connectCluster(record, machine, ends, progress, signal);
  const { likeness } = record;
  if (likeness === undefined) return cluster;
  const undo = cleanup();
  undo.defer(() => cluster[Symbol.asyncDispose]());
  return {
    ...cluster,
    clone: async (stop) => {
      const options: ClusterOptions = {
        ...likeness,
        name: undefined,
        life: 'held',
        progress: () => undefined,
      };
      const other = await createCluster(options, machine, named, stop);
      undo.defer(() => other[Symbol.asyncDispose]());
      return other;
    },
    [Symbol.asyncDispose]: () => undo[Symbol.asyncDispose](),
  };
};

/** The network, once it is sure that its plugins are there. */
const usableNetwork = async (options: ClusterOptions): Promise<CniNetwork> => {
  const { cni = 'bridge', cniBinDir, nodes, otherNetworks = false } = options;
  const network = await cniNetwork(cni);
  refuseSameAddresses(cni, network, nodes);
  const folders = [...(cniBinDir === undefined ? [] : [cniBinDir]), ...cniBinDirs];
  const missingIn = async (
    plugins: readonly string[],
    places: readonly string[],
  ): Promise<readonly string[]> => {
    const found = await Promise.all(plugins.map((plugin) => findCommand(plugin, places)));
    return plugins.filter((_, index) => found[index] === undefined);
  };
  const missing = await missingIn(network.plugins, folders);
  // containerd runs `loopback` itself, for each pod of every network.
  const used = [...new Set([...network.plugins, ...network.ipam, 'loopback'])];
  if (
    cniBinDir !== undefined &&
    !otherNetworks &&
    (await missingIn(used, [cniBinDir])).length === used.length
  ) {
    throw new NetclaimsError({
      code: 'usage/no-plugins',
      what: `--cni-bin-dir ${cniBinDir} has none of the plugins of the network ${network.name}: ${used.join(', ')}`,
      remedy: 'name the folder of the plugin to test, and a network that uses it with --cni',
    });
  }
  if (missing.length > 0) {
    throw new NetclaimsError({
      code: 'cluster/no-plugin',
      what: `the network ${network.name} needs CNI plugins that are not here: ${missing.join(', ')}`,
      evidence: [`looked for in ${folders.join(', ')}`],
      remedy: 'name their folder with --cni-bin-dir, or install the package containernetworking-plugins',
    });
  }
  return network;
};

/** The images that every node has. A loaded image replaces a built-in one of its name. */
const archivesFor = async (
  { load, progress }: ClusterOptions,
  { cacheDir }: Machine,
  signal: AbortSignal,
): Promise<readonly ImageArchive[]> => {
  const [builtIn, loaded] = await Promise.all([
    builtInImages({ cacheDir, progress }, signal),
    Promise.all(load.map((file) => readArchive(file, signal))),
  ]);
  const names = new Set(loaded.flatMap(({ references }) => references));
  return [...builtIn.filter(({ references }) => !references.every((name) => names.has(name))), ...loaded];
};

/** Which containerd this is, without running it. */
const runtimeBuild = async (): Promise<string> => {
  const file = await findCommand('containerd');
  if (file === undefined) return '';
  const { size, mtimeMs } = await stat(file);
  return `${size} ${mtimeMs}`;
};

/** What a node's network can do, as far as its CNI configuration says. */
const capabilitiesOf = (conflist: string): readonly string[] => {
  const families = familiesOf(conflist);
  return [...(families.length === 2 ? ['dual-stack'] : []), ...families, ...configuredAbilities(conflist)];
};

const notStarted = async (initPid: number, cause: unknown): Promise<NetclaimsError> =>
  new NetclaimsError({
    code: 'cluster/containerd-not-started',
    what: 'containerd does not answer on the node',
    evidence: await containerdLog(initPid),
    remedy: 'run `netclaims doctor`: it says what a node needs of this machine',
    cause,
  });
