import type { ClusterOptions } from '../domain/cluster-provider.js';

/** What `globals.netclaims` of the Jest project may say; each has the default of `netclaims verify`. */
export interface JestOptions {
  /** `auto`, or a provider's name. */
  readonly cluster?: string;
  readonly cni?: string;
  readonly cniBinDir?: string;
  readonly nodes?: number;
  readonly load?: readonly string[];
  /** For a scenario with its controls; five minutes unless given. */
  readonly timeoutMs?: number;
  /** The path of a module that exports `clusterProviders` in place of netclaims' own. */
  readonly providers?: string;
}

/** The globals of a Jest project, as its configuration and its tests see them. */
export interface JestGlobals {
  readonly netclaims?: JestOptions;
}

/** The cluster that the tests of one run of Jest share, which each of them attaches to by its name. */
export const sharedCluster = (options: JestOptions, name: string): ClusterOptions => ({
  cni: options.cni,
  cniBinDir: options.cniBinDir,
  nodes: options.nodes ?? 1,
  load: options.load ?? [],
  name,
  life: 'held',
  progress: () => undefined,
});
