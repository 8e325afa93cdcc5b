import type { ClusterProvider } from '../domain/cluster-provider.js';
import { containerdProvider } from './containerd/provider.js';
import { kubeconfigProvider } from './kubeconfig/provider.js';
import { kindProvider } from './kind/provider.js';
import type { Machine } from './machine.js';

/** All cluster providers, in the order in which `--cluster auto` tries them. */
export const clusterProviders = (machine: Machine): readonly ClusterProvider[] => [
  kindProvider(machine),
  containerdProvider(machine),
  kubeconfigProvider(machine),
];
