import type { Cluster } from '../../domain/cluster.js';
import type { HeldLock, LockRequest } from '../../domain/cluster-lock.js';
import { jointGround } from '../../domain/ground.js';

/**
 * Does work that has pods outside the worlds of scenarios, such as the trial of a capability: the worlds of other runs do not see these pods,
 * nor do these pods see them.
 * @throws NetclaimsError `cluster/in-use`, `cluster/lock`
 */
export const underLock = async <T>(
  cluster: Cluster,
  request: LockRequest,
  work: (cluster: Cluster) => Promise<T>,
  signal: AbortSignal,
): Promise<T> => {
  const held = await cluster.lock?.(request, signal);
  try {
    return await work(whileHeld(cluster, held));
  } finally {
    await held?.[Symbol.asyncDispose]();
  }
};

/** The cluster as work may rely on it: only as long as the lock is held. */
export const whileHeld = (cluster: Cluster, held: HeldLock | undefined): Cluster =>
  held === undefined ? cluster : { ...cluster, ground: jointGround(cluster.ground, held.ground) };
