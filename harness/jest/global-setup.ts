import { createJiti } from 'jiti';
import type { JestGlobals } from './jest-options.js';
import type * as ShareCluster from './share-cluster.js';

/**
 * Makes the cluster of the run. Jest compiles this file and nothing that it imports, so the rest is loaded by jiti; jest.config.ts names
 * it as `globalSetup`, and global-teardown.ts beside it.
 */
const globalSetup = async (_global: unknown, project: { readonly globals: JestGlobals }): Promise<void> => {
  const jiti = createJiti(import.meta.url);
  const { shareCluster } = await jiti.import<typeof ShareCluster>('./share-cluster.js');
  await shareCluster(project.globals);
};

export default globalSetup;
