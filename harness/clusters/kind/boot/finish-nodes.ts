import { accessOf } from '../../kubernetes/api/access.js';
import { apiClient } from '../../kubernetes/api/api-client.js';
import { readKubeConfig } from '../../kubernetes/kube-config.js';
import { outsideKubeConfig } from '../kubeconfig.js';
import { apiServerPort, type ClusterPlan, type PlannedNode } from '../kubeadm/cluster-plan.js';
import { fillManifest } from '../network/image-manifest.js';
import { applyManifests } from './apply-manifests.js';
import { awaitNodes, type NodeStatus, type Patience } from './await-nodes.js';
import { kubeletLogs, withKubeletLogs } from './kubelet-log.js';
import type { NetworkSetting } from './network-setting.js';
import type { NodeImage } from './node-image.js';
import { joinNode } from './run-kubeadm.js';
import type { RunOnNode } from './run-on-node.js';

const readyTimeoutMs = 240_000;

/** A cluster whose control plane is made. */
export interface Unfinished {
  readonly plan: ClusterPlan;
  readonly workers: readonly PlannedNode[];
  readonly adminConf: string;
  readonly server: string;
  readonly found: NodeImage;
  readonly setting: NetworkSetting;
  /** Done once the nodes have the images of all archives. */
  readonly loading: Promise<void>;
}

/** What can be done beside each other once there is an API server: joining, pod networks, the CNI's manifest, the storage class, waiting. */
export const finishNodes = async (
  { plan, workers, adminConf, server, found, setting, loading }: Unfinished,
  run: RunOnNode,
  signal: AbortSignal,
): Promise<void> => {
  const nodes = [plan.controlPlane, ...workers];
  const names = nodes.map((node) => node.name);
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const patience: Patience = {
    timeoutMs: readyTimeoutMs,
    explain: (late) =>
      kubeletLogs(
        late.map((name) => ({ name })),
        run,
        both,
      ),
  };
  const isReady = (node: NodeStatus) => node.ready;

  const connecting = readKubeConfig(outsideKubeConfig(adminConf, plan.cluster, server)).then((kubeConfig) =>
    apiClient(accessOf(kubeConfig)),
  );
  const givePodNetwork = async ({ name, podCidrs }: PlannedNode) => {
    const client = await connecting;
    await awaitNodes(client, [name], () => true, patience, both);
    await client.ask(
      {
        method: 'PATCH',
        path: `/api/v1/nodes/${name}`,
        contentType: 'application/merge-patch+json',
        body: { spec: { podCIDR: podCidrs[0], podCIDRs: podCidrs } },
      },
      both,
    );
  };
  const manifests = async () => {
    const endpoint = `${plan.controlPlane.name}:${apiServerPort}`;
    if (setting.manifest !== undefined) {
      // A manifest of the user's may need the user's images, and never fetch them.
      const own = setting.manifest === found.cniManifest;
      const content = own
        ? fillManifest(setting.manifest, { podSubnets: plan.subnets.pods, endpoint })
        : setting.manifest;
      if (!own) await loading;
      await applyManifests(plan, `apply the network ${setting.name}`, content, run, both);
    }
    if (found.storageManifest !== '') {
      await applyManifests(plan, 'apply its storage class', found.storageManifest, run, both);
    }
  };

  // What the nodes do themselves comes first: to sign in at the server from here takes most of a second.
  const work = [
    manifests(),
    ...workers.map((node) =>
      withKubeletLogs([node], run, () => joinNode(node, plan, found.version, run, both), both),
    ),
    ...nodes.map(givePodNetwork),
    (async () => awaitNodes(await connecting, names, isReady, patience, both))(),
  ];
  try {
    await Promise.all(work);
  } finally {
    // The first failure ends the others, and all have ended before anything is removed.
    stop.abort();
    await Promise.allSettled(work);
    await connecting.then(
      (client) => client[Symbol.dispose](),
      () => undefined,
    );
  }
};
