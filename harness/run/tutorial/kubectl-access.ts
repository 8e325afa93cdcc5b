import type { Cluster } from '../../domain/cluster.js';
import type { KubectlAccess } from './open-kubectl.js';
import type { HostShell } from './session.js';

/** kubeadm's own kubeconfig, on a control plane. */
const adminConf = '/etc/kubernetes/admin.conf';

export interface UsersMachine {
  /** Runs commands here; kubectl alone, unless others may be run as well. */
  readonly shell: HostShell;
  readonly allowed: boolean;
  /** kubectl's options for the cluster that the user named. */
  readonly options: readonly string[];
}

/**
 * Where kubectl is: on a control plane that is a node of a cluster of ours, so that nothing is run on this machine; else here. Undefined where there
 * is no Kubernetes API.
 */
export const kubectlAccess = async (
  { facts, nodes }: Cluster,
  machine: UsersMachine,
  signal: AbortSignal,
): Promise<KubectlAccess | undefined> => {
  if (facts.provider === 'containerd') return undefined;
  if (facts.provider !== 'kubeconfig') {
    for (const node of nodes) {
      const argv = ['sh', '-c', 'test -f "$1" && command -v kubectl', 'sh', adminConf];
      const { exitCode } = await node.exec({ argv, timeoutMs: 10_000 }, signal);
      if (exitCode === 0) return { where: node, options: ['--kubeconfig', adminConf], onlyKubectl: false };
    }
  }
  const where = { name: 'this machine', ...machine.shell };
  return { where, options: machine.options, onlyKubectl: !machine.allowed };
};
