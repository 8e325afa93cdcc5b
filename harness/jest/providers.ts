import { clusterProviders } from '../clusters/index.js';
import { machineOf } from '../clusters/machine.js';
import type { ClusterProvider } from '../domain/cluster-provider.js';
import type { JestOptions } from './jest-options.js';

/** netclaims' cluster providers on this machine, or those of the module that the options name. */
export const providersOf = async ({ providers }: JestOptions): Promise<readonly ClusterProvider[]> => {
  const machine = machineOf(process.env, process.getuid?.() ?? 0);
  if (providers === undefined) return clusterProviders(machine);
  const own = (await import(providers)) as { readonly clusterProviders: typeof clusterProviders };
  return own.clusterProviders(machine);
};
