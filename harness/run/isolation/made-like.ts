import type { Cluster } from '../../domain/cluster.js';

/** A cluster that was made as another one was: what is known of that one is known of it. */
export const madeLike = ({ facts, detected }: Cluster, made: Cluster): Cluster => ({
  ...made,
  facts,
  ...(detected === undefined ? {} : { detected }),
});
