/** The files of the scenarios that netclaims began with, relative to the package: they run on every kind of cluster, in a short time. */
export const founding: readonly string[] = [
  'scenarios/pause-container-survival.yaml',
  'scenarios/shared-namespace.yaml',
  'scenarios/veth-presence.yaml',
];
