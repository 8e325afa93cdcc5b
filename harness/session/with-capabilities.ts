import type { Cluster } from '../domain/cluster.js';

/** The same cluster, with facts that say for each of these capabilities whether it has it. */
export const withCapabilities = async (
  capabilities: readonly string[],
  cluster: Cluster,
  signal: AbortSignal,
): Promise<Cluster> =>
  cluster.detect === undefined
    ? cluster
    : { ...cluster, facts: await cluster.detect([...new Set(capabilities)], signal) };
