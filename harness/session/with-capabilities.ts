import type { Cluster } from '../domain/cluster.js';
import { unreadable } from '../domain/fact-types.js';

/**
 * The same cluster, with what it has of these capabilities. If one could not be tested, the list of the facts is unreadable: nobody is to
 * read from it that this one is absent.
 */
export const withCapabilities = async (
  capabilities: readonly string[],
  cluster: Cluster,
  signal: AbortSignal,
): Promise<Cluster> => {
  if (cluster.detect === undefined) return cluster;
  const detected = await cluster.detect([...new Set(capabilities)], signal);
  const untested = [...detected.untested].map(([name, why]) => `${name} could not be tested: ${why}`);
  const list = untested.length === 0 ? detected.has : unreadable(untested.join('; '));
  return { ...cluster, detected, facts: { ...cluster.facts, capabilities: list } };
};
