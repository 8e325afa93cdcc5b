import type { ClusterProvider } from '../../domain/cluster-provider.js';
import type { Machine } from '../machine.js';

/** Clusters that exist: nothing is made but namespaces, and all of them are removed. */
export const kubeconfigProvider = (machine: Machine): ClusterProvider => ({
  name: 'kubeconfig',
  // Whether there is a cluster shows only when the options are known.
  refusal: () => Promise.resolve(undefined),
  reluctance: () =>
    Promise.resolve({
      reason: 'a cluster that others may use is used only when it is asked for',
      remedy: 'name it: --cluster kubeconfig',
    }),
  async create(options, signal) {
    // Loaded only for such a cluster: the client of Kubernetes takes half a second.
    const { connectKubeConfig } = await import('./connect.js');
    return connectKubeConfig(options, machine, signal);
  },
  // Whoever has the kubeconfig can use the cluster: it needs no name, and is not netclaims' to remove.
  attach: () => Promise.resolve(undefined),
  list: () => Promise.resolve([]),
  remove: () => Promise.resolve(false),
  // What killed runs left in a cluster is removed by the next that connects to it.
  sweep: () => Promise.resolve(),
});
