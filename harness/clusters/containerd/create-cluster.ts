import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Cluster } from '../../domain/cluster.js';
import type { ClusterOptions } from '../../domain/cluster-provider.js';
import { NetclaimsError } from '../../domain/error.js';
import { cleanup } from '../cleanup.js';
import { findCommand } from '../find-command.js';
import { readArchive } from '../images/archive-references.js';
import { builtInImages, pauseImage } from '../images/builtin.js';
import type { ImageArchive } from '../images/image-archive.js';
import type { Machine } from '../machine.js';
import type { NamedClusters } from '../named-clusters.js';
import { identifyProcess, ownIdentity } from '../process-identity.js';
import { connectCluster, type ClusterRecord } from './containerd-cluster.js';
import { bootNode, cniBinDirs, containerdLog } from './node/boot.js';
import { cniNetwork, uplink, type CniNetwork } from './node/cni-network.js';
import { nodeOf } from './node/enter.js';
import { imageStore } from './node/image-store.js';
import { ociRuntime } from './node/oci-runtime.js';
import { cgroupOf, removeCgroup } from './node/run-cgroup.js';

const nodeName = 'node-1';
const commandTimeoutMs = 10_000;

/**
 * Boots a cluster of one node. Disposing of it ends the node, unless it was to be kept.
 * @throws NetclaimsError `cluster/…`, `image/…`, `usage/…`
 */
export const createCluster = async (
  options: ClusterOptions,
  machine: Machine,
  named: NamedClusters<ClusterRecord>,
  signal: AbortSignal,
): Promise<Cluster> => {
  if (options.nodes !== 1) {
    throw new NetclaimsError({
      code: 'usage/nodes',
      what: `a cluster of containerd nodes has one node, not ${options.nodes}`,
      remedy: 'leave --nodes out',
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

    options.progress('booting the node');
    const { cniBinDir } = options;
    const node = await bootNode(
      { name: nodeName, store, pauseImage, runtime, conflist: network, cniBinDir },
      signal,
    );
    undo.defer(() => node[Symbol.asyncDispose]());

    const owner = options.life === 'kept' ? await identifyProcess(node.initPid) : await ownIdentity();
    if (owner === undefined) throw new Error('the node ended while it was booted');
    const cgroup = cgroupOf(owner, randomBytes(4).toString('hex'));
    // Pods are made in it only after this, and it can go only after the node's processes.
    undo.defer(() => removeCgroup(cgroup));
    undo.defer(() => node[Symbol.asyncDispose]());

    const record: ClusterRecord = {
      cni: network.name,
      ociRuntime: runtime?.name ?? '',
      capabilities: await furnishNetwork(node.initPid, network, signal),
      hostPorts: network.plugins.includes('portmap'),
      cgroup,
      node: { name: nodeName, initPid: node.initPid },
      createdAt: new Date().toISOString(),
    };
    const cluster = await connectCluster(record, machine, signal).catch(async (cause: unknown) => {
      throw signal.aborted ? cause : await notStarted(node.initPid, cause);
    });
    undo.defer(() => cluster[Symbol.asyncDispose]());

    await reservation?.publish(record, owner);
    if (options.life === 'kept') {
      node.keep();
      return cluster;
    }
    return { ...cluster, [Symbol.asyncDispose]: () => undo[Symbol.asyncDispose]() };
  } catch (error) {
    await undo[Symbol.asyncDispose]();
    throw error;
  }
};

/** The network, once it is sure that its plugins are there. */
const usableNetwork = async ({ cni = 'bridge', cniBinDir }: ClusterOptions): Promise<CniNetwork> => {
  const network = await cniNetwork(cni);
  const folders = [...(cniBinDir === undefined ? [] : [cniBinDir]), ...cniBinDirs];
  const missing = await Promise.all(
    network.plugins.map(async (plugin) =>
      (await findCommand(plugin, folders)) === undefined ? [plugin] : [],
    ),
  );
  if (missing.flat().length > 0) {
    throw new NetclaimsError({
      code: 'cluster/no-plugin',
      what: `the network ${network.name} needs CNI plugins that are not here: ${missing.flat().join(', ')}`,
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

/** Makes the links that the network expects, and finds what the node's network can do. */
const furnishNetwork = async (
  initPid: number,
  network: CniNetwork,
  signal: AbortSignal,
): Promise<readonly string[]> => {
  const node = nodeOf(nodeName, initPid);
  const run = (argv: readonly string[], stdin?: string) =>
    node.exec({ argv, timeoutMs: commandTimeoutMs, ...(stdin === undefined ? {} : { stdin }) }, signal);
  const [veth, links] = await Promise.all([
    // In a netns that is gone with the command.
    run(['unshare', '--net', 'ip', 'link', 'add', 'type', 'veth']),
    network.plugins.includes('macvlan')
      ? run(
          ['ip', '-batch', '-'],
          `link add ${uplink} up type veth peer name ${uplink}-peer\nlink set ${uplink}-peer up\n`,
        )
      : undefined,
  ]);
  if (links !== undefined && links.exitCode !== 0) {
    throw new NetclaimsError({
      code: 'cluster/no-uplink',
      what: `the link ${uplink}, which macvlan links are made on, could not be made`,
      evidence: [links.stderr.trim()],
    });
  }
  return [
    ...(network.families.length === 2 ? ['dual-stack'] : []),
    ...network.families,
    ...(veth.exitCode === 0 ? ['veth'] : []),
  ];
};

const notStarted = async (initPid: number, cause: unknown): Promise<NetclaimsError> =>
  new NetclaimsError({
    code: 'cluster/containerd-not-started',
    what: 'containerd does not answer on the node',
    evidence: await containerdLog(initPid),
    remedy: 'run `netclaims doctor`: it says what a node needs of this machine',
    cause,
  });
