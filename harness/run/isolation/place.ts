import type { Cluster } from '../../domain/cluster.js';
import type { NetclaimsError } from '../../domain/error.js';

/** Nodes that a world may use until its place is given to the next. */
export interface Place {
  /**
   * Makes sure that the world sees nothing of others, and gives the cluster to run on.
   * @throws NetclaimsError when what the world would see of nodes may be another's doing
   */
  enter(signal: AbortSignal): Promise<Cluster>;
  /** To be called once the world's pods are gone: what it left on its nodes. */
  left(): Promise<Left | undefined>;
  /** To be called instead where the world stays, for inspection. */
  kept(namespace: string): void;
}

/** How a node differs from what it was before a world. */
export interface Left {
  readonly error: NetclaimsError;
  /** Whether the world may have seen it: then nothing that it observed counts. */
  readonly seen: boolean;
}
