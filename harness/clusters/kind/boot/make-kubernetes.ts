import { randomBytes } from 'node:crypto';
import type { IpFamily } from '../../../domain/cluster-provider.js';
import { NetclaimsError } from '../../../domain/error.js';
import type { ImageArchive } from '../../images/image-archive.js';
import type { ContainerState, Engine } from '../engine/engine.js';
import { gone } from '../engine/exec.js';
import { serverOf } from '../engine/server-of.js';
import { loadClient } from '../../kubernetes/kube-config.js';
import type { ClusterPlan, PlannedNode } from '../kubeadm/cluster-plan.js';
import type { CniChoice } from '../network/cni-choice.js';
import { addressesOf, subnetsOf } from '../network/ip-family.js';
import { podCidrsOf } from '../../node-routes.js';
import { finishNodes } from './finish-nodes.js';
import { withKubeletLogs } from './kubelet-log.js';
import { loadImages } from './load-images.js';
import { networkSetting } from './network-setting.js';
import { readNodeImage } from './node-image.js';
import type { Phases } from './phases.js';
import { initControlPlane } from './run-kubeadm.js';
import { runOnNode } from './run-on-node.js';
import { checkPlugins, connectNodes, copyPlugins } from './set-network.js';

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
  const subnets = subnetsOf(ipFamily);
  const [controlPlane, ...workers] = names.map((node, index): PlannedNode => ({
    name: node,
    addresses: nodeAddresses(states[index], network, ipFamily),
    podCidrs: podCidrsOf(subnets.pods, index),
  }));
  if (controlPlane === undefined) throw new Error('a cluster has at least one node');
  const nodes = [controlPlane, ...workers];
  const found = await readNodeImage(controlPlane, image, run, signal);
  const plan: ClusterPlan = {
    cluster: name,
    version: found.version.text,
    subnets,
    controlPlane,
    hosts: engine.host === '127.0.0.1' ? [] : [engine.host],
    token: `${randomBytes(3).toString('hex')}.${randomBytes(8).toString('hex')}`,
  };
  const server = serverOf(states[0], engine);
  const setting = networkSetting(cni, found, image);

  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  // Beside kubeadm, which mostly waits.
  const loading = loadImages(nodes, archives, found.snapshotter, run, both);
  loading.catch(() => undefined);
  try {
    const copied = await copyPlugins(nodes, cniBinDir, run, signal);
    const { onNodes } = setting;
    if (onNodes !== undefined) {
      checkPlugins(onNodes, [...found.plugins, ...copied], image);
      // With a network that is there already, a node is ready at once.
      await connectNodes(nodes, onNodes, subnets.pods, run, signal);
    }
    // The client is loaded while kubeadm waits: afterwards every second counts, for a kubelet looks for its network every five.
    const [adminConf] = await phases.measure('kubeadm init', () =>
      Promise.all([
        withKubeletLogs([controlPlane], run, () => initControlPlane(plan, found, run, signal), signal),
        loadClient(),
      ]),
    );
    await phases.measure(nodes.length === 1 ? 'node ready' : 'nodes joined and ready', () =>
      finishNodes({ plan, workers, adminConf, server, found, setting, loading }, run, signal),
    );
    await loading;
    return { cni: setting.name, adminConf, server };
  } finally {
    stop.abort();
    await loading.catch(() => undefined);
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
