import type { ToldCluster } from './run-cluster.js';

/** What the set-up of this run of Jest has told its processes, by their environment; undefined when it was not run. */
export const toldCluster = (env: Readonly<Record<string, string | undefined>>): ToldCluster | undefined => {
  const text = env.NETCLAIMS_JEST_CLUSTER;
  // Only `tellCluster` writes it.
  return text === undefined ? undefined : (JSON.parse(text) as ToldCluster);
};

/** Tells this process, and those that it starts from now on. Undefined takes it back. */
export const tellCluster = (env: Record<string, string | undefined>, told: ToldCluster | undefined): void => {
  if (told === undefined) delete env.NETCLAIMS_JEST_CLUSTER;
  else env.NETCLAIMS_JEST_CLUSTER = JSON.stringify(told);
};
