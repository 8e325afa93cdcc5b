import { randomBytes } from 'node:crypto';
import type { IpFamily } from '../../../domain/cluster-provider.js';
import { NetclaimsError } from '../../../domain/error.js';
import { accessOf } from '../../kubernetes/api/access.js';
import { apiClient } from '../../kubernetes/api/api-client.js';
import { readKubeConfig } from '../../kubernetes/kube-config.js';
import type { ImageArchive } from '../../images/image-archive.js';
import type { ContainerState, Engine } from '../engine/engine.js';
import { gone } from '../engine/exec.js';
import { serverOf } from '../engine/server-of.js';
import { outsideKubeConfig } from '../kubeconfig.js';
import { apiServerPort, type ClusterPlan, type PlannedNode } from '../kubeadm/cluster-plan.js';
import type { CniChoice } from '../network/cni-choice.js';
import { fillManifest, manifestName } from '../network/image-manifest.js';
import { addressesOf, subnetsOf } from '../network/ip-family.js';
import { firstPodCidrs } from '../network/node-routes.js';
import { applyManifests } from './apply-manifests.js';
import { awaitNodes, type NodeStatus } from './await-nodes.js';
import { loadImages } from './load-images.js';
import { readNodeImage, type NodeImage } from './node-image.js';
import type { Phases } from './phases.js';
import { initControlPlane, joinNode } from './run-kubeadm.js';
import { runOnNode, type RunOnNode } from './run-on-node.js';
import { checkPlugins, connectNodes, copyPlugins, writeConflist, type NodeChoice } from './set-network.js';

const readyTimeoutMs = 240_000;

export interface KubernetesPlan {
  readonly name: string;
  /** Of the nodes, the control plane first; their containers run. */
  readonly names: readonly string[];
  readonly network: string;
  readonly image: string;
  readonly ipFamily: IpFamily;
  readonly cni: CniChoice;
  readonly cniBinDir: string | undefined;
  readonly archives: readonly ImageArchive[];
}

export interface MadeKubernetes {
  /** The name of its network. */
  readonly cni: string;
  readonly adminConf: string;
  /** The API server's address from outside. */
  readonly server: string;
}

/** Makes a Kubernetes cluster of nodes that have booted: until all of them are ready, and have the images. */
export const makeKubernetes = async (
  { name, names, network, image, ipFamily, cni, cniBinDir, archives }: KubernetesPlan,
  engine: Engine,
  phases: Phases,
  signal: AbortSignal,
): Promise<MadeKubernetes> => {
  const run = runOnNode(engine);
  const states = await Promise.all(names.map((node) => stateOf(node, engine, signal)));
  const [controlPlane, ...workers] = names.map((node, index): PlannedNode => ({
    name: node,
    addresses: nodeAddresses(states[index], network, ipFamily),
  }));
  if (controlPlane === undefined) throw new Error('a cluster has at least one node');
  const nodes = [controlPlane, ...workers];
  const found = await readNodeImage(controlPlane, image, run, signal);
  const plan: ClusterPlan = {
    cluster: name,
    version: found.version.text,
    subnets: subnetsOf(ipFamily),
    controlPlane,
    hosts: engine.host === '127.0.0.1' ? [] : [engine.host],
    token: `${randomBytes(3).toString('hex')}.${randomBytes(8).toString('hex')}`,
  };
  const server = serverOf(states[0], engine);
  const setting = chooseNetwork(cni, found, image);

  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  // Beside kubeadm, which mostly waits.
  const loading = loadImages(nodes, archives, found.snapshotter, run, both);
  loading.catch(() => undefined);
  try {
    const { onNodes } = setting;
    const ready = firstPodCidrs(plan.subnets.pods);
    if (onNodes !== undefined) {
      const copied = await copyPlugins(nodes, cniBinDir, run, signal);
      checkPlugins(onNodes, [...found.plugins, ...copied], image);
      // The first node gets the first pod network; with a configuration that is there already, it is ready at once.
      await writeConflist(controlPlane, onNodes, ready, run, signal);
    } else {
      await copyPlugins(nodes, cniBinDir, run, signal);
    }
    const adminConf = await phases.measure('kubeadm init', () => initControlPlane(plan, found, run, signal));
    await phases.measure(nodes.length === 1 ? 'node ready' : 'nodes joined and ready', () =>
      finish({ plan, workers, adminConf, server, found, setting, written: ready }, run, signal),
    );
    await loading;
    return { cni: setting.name, adminConf, server };
  } finally {
    stop.abort();
    await loading.catch(() => undefined);
  }
};

/** How the choice is carried out on this image. */
interface NetworkSetting {
  readonly name: string;
  readonly manifest: string | undefined;
  readonly onNodes: NodeChoice | undefined;
}

const chooseNetwork = (cni: CniChoice, found: NodeImage, image: string): NetworkSetting => {
  switch (cni.kind) {
    case 'reference':
    case 'conflist':
      return { name: cni.name, manifest: undefined, onNodes: cni };
    case 'manifest':
      return { name: cni.name, manifest: cni.content, onNodes: undefined };
    case 'image':
      if (found.cniManifest !== '') {
        const name = manifestName(found.cniManifest) ?? 'default';
        return { name, manifest: found.cniManifest, onNodes: undefined };
      }
      if (cni.asked) {
        throw new NetclaimsError({
          code: 'cluster/no-default-cni',
          what: `${image} brings no CNI: it has no /kind/manifests/default-cni.yaml`,
          remedy: 'use --cni ptp, which is what kindnet does, or a CNI of your choice with --cni FILE.yaml',
        });
      }
      return {
        name: 'ptp',
        manifest: undefined,
        onNodes: { kind: 'reference', name: 'ptp', plugins: ['ptp', 'host-local', 'portmap'] },
      };
  }
};

interface Unfinished {
  readonly plan: ClusterPlan;
  readonly workers: readonly PlannedNode[];
  readonly adminConf: string;
  readonly server: string;
  readonly found: NodeImage;
  readonly setting: NetworkSetting;
  /** The pod network that the control plane's configuration was written for. */
  readonly written: readonly string[];
}

/** What can be done beside each other once there is an API server: joining, the network, the storage class, waiting. */
const finish = async (
  { plan, workers, adminConf, server, found, setting, written }: Unfinished,
  run: RunOnNode,
  signal: AbortSignal,
): Promise<void> => {
  const nodes = [plan.controlPlane, ...workers];
  const names = nodes.map((node) => node.name);
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const kubeConfig = await readKubeConfig(outsideKubeConfig(adminConf, plan.cluster, server));
  using client = apiClient(accessOf(kubeConfig));
  const isReady = (node: NodeStatus) => node.ready;

  const network = async () => {
    if (setting.onNodes === undefined) return;
    const known = await awaitNodes(
      client,
      names,
      ({ podCidrs }) => podCidrs.length > 0,
      readyTimeoutMs,
      both,
    );
    const networks = nodes.map((node, index) => ({ ...node, podCidrs: known[index]?.podCidrs ?? [] }));
    const isWritten = (node: (typeof networks)[number]) =>
      node.name === plan.controlPlane.name && node.podCidrs.join() === written.join();
    await connectNodes(networks, setting.onNodes, plan.subnets.pods, isWritten, run, both);
  };
  const manifests = async () => {
    const endpoint = `${plan.controlPlane.name}:${apiServerPort}`;
    if (setting.manifest !== undefined) {
      const own = setting.manifest === found.cniManifest;
      const content = own
        ? fillManifest(setting.manifest, { podSubnets: plan.subnets.pods, endpoint })
        : setting.manifest;
      await applyManifests(plan, `apply the network ${setting.name}`, content, run, both);
    }
    if (found.storageManifest !== '') {
      await applyManifests(plan, 'apply its storage class', found.storageManifest, run, both);
    }
  };

  const work = [
    ...workers.map((node) => joinNode(node, plan, found.version, run, both)),
    network(),
    manifests(),
    awaitNodes(client, names, isReady, readyTimeoutMs, both).then(() => undefined),
  ];
  try {
    await Promise.all(work);
  } finally {
    // The first failure ends the others, and all have ended before anything is removed.
    stop.abort();
    await Promise.allSettled(work);
  }
};

const stateOf = async (node: string, engine: Engine, signal: AbortSignal): Promise<ContainerState> => {
  const state = await engine.inspect(node, signal);
  if (state?.running !== true) throw gone(node, [state?.status ?? 'there is no such container']);
  return state;
};

/** @throws NetclaimsError `cluster/no-address` */
const nodeAddresses = (
  state: ContainerState | undefined,
  network: string,
  ipFamily: IpFamily,
): readonly string[] => {
  const known = state?.addresses[network] ?? { ipv4: '', ipv6: '' };
  const addresses = addressesOf(ipFamily, known);
  if (addresses.length === (ipFamily === 'dual' ? 2 : 1)) return addresses;
  throw new NetclaimsError({
    code: 'cluster/no-address',
    what: `the nodes have no address for --ip-family ${ipFamily} on the network ${network}`,
    evidence: [`IPv4: ${known.ipv4 || 'none'}, IPv6: ${known.ipv6 || 'none'}`],
    remedy: 'use another --ip-family, or see that the engine gives containers addresses of it',
  });
};
