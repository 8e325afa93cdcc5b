/** `shared`: beside other runs that touch no node. `alone`: with no other run's worlds on the cluster. */
export type LockMode = 'shared' | 'alone';

export interface LockRequest {
  readonly mode: LockMode;
  /** Whether to fail with `cluster/in-use` instead of waiting. */
  readonly wait: boolean;
  /** Told whom it waits for, once for each holder. */
  readonly onWait: (holder: string) => void;
}

/**
 * Takes a lock that every run on a cluster sees. Disposing of what it gives releases it; a run that is killed loses it.
 * @throws NetclaimsError `cluster/in-use`, `cluster/lock`
 */
export type LockCluster = (request: LockRequest, signal: AbortSignal) => Promise<AsyncDisposable>;
