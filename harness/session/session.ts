import type { Cluster } from '../domain/cluster.js';
import type { LockRequest } from '../domain/cluster-lock.js';
import type { Problem } from '../domain/problem.js';
import { withCapabilities } from './with-capabilities.js';

/** What a session must find out about a cluster before anything runs on it. */
export interface SessionNeeds {
  /** The capabilities that the work depends on. */
  readonly capabilities: readonly string[];
  /** What to do while another run has the cluster to itself. */
  readonly lock: Pick<LockRequest, 'wait' | 'onWait'>;
  /** What the cluster refuses to run. */
  readonly refusals: (cluster: Cluster) => readonly Problem[];
}

/** An opened cluster whose capabilities are known. Disposing of the session disposes of the cluster. */
export interface Session extends AsyncDisposable {
  readonly cluster: Cluster;
  /** Nothing may run on the cluster unless this is empty. */
  readonly refused: readonly Problem[];
}

/**
 * Opens a cluster, detects the capabilities that are needed and collects the refusals. Disposes of the cluster if that fails.
 * @throws NetclaimsError what `open` or the detection throws
 */
export const openSession = async (
  open: () => Promise<Cluster>,
  { capabilities, lock, refusals }: SessionNeeds,
  signal: AbortSignal,
): Promise<Session> => {
  const opened = await open();
  const dispose = () => opened[Symbol.asyncDispose]();
  try {
    const cluster = await withCapabilities(capabilities, opened, lock, signal);
    return { cluster, refused: refusals(cluster), [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
};
