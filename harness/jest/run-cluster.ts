import { randomBytes } from 'node:crypto';
import type { ClusterProvider } from '../domain/cluster-provider.js';
import type { Cluster } from '../domain/cluster.js';
import { NetclaimsError } from '../domain/error.js';
import { openCluster } from '../session/open-cluster.js';
import type { JestOptions } from './options.js';
import { plainError } from './plain-error.js';

/** What the set-up of a run tells the workers of Jest: the cluster to attach to, or why there is none. */
export type ToldCluster = { readonly name: string; readonly wanted: string } | { readonly trouble: string };

/** The cluster of a run of Jest. Disposing of it removes what was made for the run. */
export interface RunCluster extends AsyncDisposable {
  readonly told: ToldCluster;
}

/**
 * Makes the cluster of a run, held by this process: it ends with it, however that ends. One that is kept under a name is only looked for.
 * @throws NetclaimsError `usage/…`, `cluster/…`, `image/…`
 */
export const makeRunCluster = async (
  options: JestOptions,
  providers: readonly ClusterProvider[],
  progress: (phase: string) => void,
  signal: AbortSignal,
): Promise<RunCluster> => {
  const wanted = wantedCluster(options);
  const onPhase = (phase: string) => progress(`cluster: ${phase}`);
  const name = options.clusterName ?? `jest-${randomBytes(4).toString('hex')}`;
  const opening = { name, life: 'held', onPhase } as const;
  const cluster = await openCluster(options, opening, providers, signal);
  return { told: { name, wanted }, [Symbol.asyncDispose]: () => cluster[Symbol.asyncDispose]() };
};

/**
 * Connects to the cluster of the run. Disposing of it leaves the cluster up.
 * @throws NetclaimsError `cluster/…`, or the trouble that the set-up told
 */
export const attachToRun = async (
  told: ToldCluster | undefined,
  options: JestOptions,
  providers: readonly ClusterProvider[],
  signal: AbortSignal,
): Promise<Cluster> => {
  if (told === undefined) {
    throw new NetclaimsError({
      code: 'cluster/not-shared',
      what: 'this run of Jest has made no cluster',
      remedy: "take globalSetup and globalTeardown from netclaims' preset",
    });
  }
  if ('trouble' in told) throw plainError(told.trouble);
  // Jest runs a set-up that several projects name only once, with the options of one of them.
  if (told.wanted !== wantedCluster(options)) {
    throw new NetclaimsError({
      code: 'cluster/of-another-project',
      what: 'the cluster of this run was made for a project that wants another one',
      evidence: [`it was made with ${told.wanted}`, `this project wants ${wantedCluster(options)}`],
      remedy: 'run one project after the other, with --selectProjects',
    });
  }
  for (const provider of providers) {
    const cluster = await provider.attach(told.name, () => undefined, signal);
    if (cluster !== undefined) return cluster;
  }
  throw new NetclaimsError({
    code: 'cluster/gone',
    what: `the cluster ${told.name} of this run has gone`,
    remedy: 'see what ended its processes, and run again',
  });
};

/** The options that make a cluster another one. */
const wantedCluster = ({
  cluster,
  clusterName,
  cni,
  cniBinDir,
  nodes,
  ipFamily,
  load,
}: JestOptions): string => JSON.stringify({ cluster, clusterName, cni, cniBinDir, nodes, ipFamily, load });
