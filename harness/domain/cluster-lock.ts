import type { Ground } from './ground.js';

/** `shared`: beside other runs that touch no node. `alone`: with no other run's worlds on the cluster. */
export type LockMode = 'shared' | 'alone';

export interface LockRequest {
  readonly mode: LockMode;
  /** Whether to fail with `cluster/in-use` instead of waiting. */
  readonly wait: boolean;
  /** Told whom it waits for, once for each holder. */
  readonly onWait: (holder: string) => void;
}

/** A lock that is held. Disposing of it releases it. */
export interface HeldLock extends AsyncDisposable {
  /** Lost with the lock: another run may have been on the cluster since. */
  readonly ground: Ground;
}

/**
 * Takes a lock that every run on a cluster sees. A run that is killed loses it.
 * @throws NetclaimsError `cluster/in-use`, `cluster/lock`
 */
export type LockCluster = (request: LockRequest, signal: AbortSignal) => Promise<HeldLock>;

/** What people are told while a run waits for another one. */
export const waitingFor = (holder: string): string => `waiting for ${holder}, which uses the cluster`;
