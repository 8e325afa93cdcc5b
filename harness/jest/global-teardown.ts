import { createJiti } from 'jiti';
import type * as ShareCluster from './share-cluster.js';

/** Removes the cluster of the run, as `globalTeardown` of the Jest project. */
const globalTeardown = async (): Promise<void> => {
  const jiti = createJiti(import.meta.url);
  const { endShared } = await jiti.import<typeof ShareCluster>('./share-cluster.js');
  await endShared();
};

export default globalTeardown;
