import type { Cluster } from '../domain/cluster.js';
import type { LockRequest } from '../domain/cluster-lock.js';
import { unreadable } from '../domain/fact-types.js';
import { underLock } from '../run/isolation/under-lock.js';

/**
 * The same cluster, with what it has of these capabilities. If one could not be tested, the list of the facts is unreadable: nobody is to
 * read from it that this one is absent.
 */
export const withCapabilities = async (
  capabilities: readonly string[],
  cluster: Cluster,
  lock: Pick<LockRequest, 'wait' | 'onWait'>,
  signal: AbortSignal,
): Promise<Cluster> => {
  const detect = cluster.detect?.bind(cluster);
  if (detect === undefined) return cluster;
  // Some are tested with a pod.
  const detected = await underLock(
    cluster,
    { mode: 'shared', ...lock },
    async () => detect([...new Set(capabilities)], signal),
    signal,
  );
  const untested = [...detected.untested].map(([name, why]) => `${name} could not be tested: ${why}`);
  const list = untested.length === 0 ? detected.has : unreadable(untested.join('; '));
  return { ...cluster, detected, facts: { ...cluster.facts, capabilities: list } };
};
