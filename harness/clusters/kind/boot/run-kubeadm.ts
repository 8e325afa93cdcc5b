import type { ClusterPlan, PlannedNode } from '../kubeadm/cluster-plan.js';
import { kubeadmConfig } from '../kubeadm/kubeadm-config.js';
import type { KubernetesVersion } from '../kubeadm/kubernetes-version.js';
import type { NodeImage } from './node-image.js';
import { script, type RunOnNode } from './run-on-node.js';

const initTimeoutMs = 240_000;

/**
 * Beside the checks of the machine, which is a container's: what would start the kubelet anew to have it renew its certificate. That
 * costs the node a quarter of its boot, and the certificate is good for a year.
 */
const skipped = ['preflight', 'kubelet-finalize'];

const kubeadm = `
cat >/kind/kubeadm.conf
command=$1 phases=$2
shift 2
kubeadm "$command" --config=/kind/kubeadm.conf --skip-phases="$phases" "$@" >&2
`;

/** Makes the control plane. Gives the administrator's kubeconfig, as it is on the node. */
export const initControlPlane = (
  plan: ClusterPlan,
  { version, dns }: Pick<NodeImage, 'version' | 'dns'>,
  run: RunOnNode,
  signal: AbortSignal,
): Promise<string> =>
  run(
    plan.controlPlane,
    {
      purpose: 'make the control plane',
      argv: script(
        `${kubeadm}cat /etc/kubernetes/admin.conf`,
        'init',
        [...skipped, ...(dns ? [] : ['addon/coredns'])].join(','),
        '--skip-token-print',
      ),
      stdin: kubeadmConfig(plan, version, { kind: 'init' }),
      timeoutMs: initTimeoutMs,
    },
    signal,
  );

/** Makes a node join. */
export const joinNode = async (
  node: PlannedNode,
  plan: ClusterPlan,
  version: KubernetesVersion,
  run: RunOnNode,
  signal: AbortSignal,
): Promise<void> => {
  await run(
    node,
    {
      purpose: 'join the cluster',
      argv: script(kubeadm, 'join', 'preflight'),
      stdin: kubeadmConfig(plan, version, { kind: 'join', node }),
      timeoutMs: initTimeoutMs,
    },
    signal,
  );
};
