import type { Cluster } from '../domain/cluster.js';

/** A cluster that no other run can find needs no lock. */
export const unshared = (cluster: Cluster): Cluster => {
  const rest = { ...cluster };
  delete rest.lock;
  return rest;
};
