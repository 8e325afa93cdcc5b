import type { Facts } from '../fact-types.js';
import { undescribedNetwork } from '../undescribed-network.js';

/** What is said of a cluster where nothing of it matters. */
export const noCluster: Facts<'Cluster'> = {
  provider: '',
  cni: '',
  network: undescribedNetwork,
  kubernetes: '',
  runtime: '',
  kernel: '',
  capabilities: [],
};
