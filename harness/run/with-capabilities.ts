import type { Cluster } from '../domain/cluster.js';
import type { Scenario } from '../domain/scenario.js';

/** The cluster as one whose facts say of each capability that a scenario requires whether it has it. */
export const withCapabilities = async (
  scenarios: readonly Scenario[],
  cluster: Cluster,
  signal: AbortSignal,
): Promise<Cluster> => {
  if (cluster.detect === undefined) return cluster;
  const required = [...new Set(scenarios.flatMap(({ requires }) => requires))];
  return { ...cluster, facts: await cluster.detect(required, signal) };
};
