import { randomBytes } from 'node:crypto';
import { chooseProvider } from '../clusters/choose-provider.js';
import type { ClusterProvider } from '../domain/cluster-provider.js';
import type { Cluster } from '../domain/cluster.js';
import { NetclaimsError } from '../domain/error.js';
import type { JestOptions } from './options.js';
import { plainError } from './plain-error.js';

/** What the set-up of a run tells the workers of Jest: the cluster to attach to, or why there is none. */
export type ToldCluster =
  | { readonly provider: string; readonly name: string; readonly wanted: string }
  | { readonly trouble: string };

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
  const { cluster: kind, clusterName, cni, cniBinDir, nodes, ipFamily, load } = options;
  if (clusterName !== undefined) {
    const provider = await ownerOf(clusterName, providers, signal);
    return {
      told: { provider, name: clusterName, wanted },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  }
  const { provider, reason } = await chooseProvider(kind, providers);
  progress(`cluster: ${reason}`);
  await provider.sweep();
  const name = `jest-${randomBytes(4).toString('hex')}`;
  const cluster = await provider.create(
    { cni, cniBinDir, nodes, ipFamily, load, name, life: 'held', progress },
    signal,
  );
  return {
    told: { provider: provider.name, name, wanted },
    [Symbol.asyncDispose]: () => cluster[Symbol.asyncDispose](),
  };
};

const ownerOf = async (
  name: string,
  providers: readonly ClusterProvider[],
  signal: AbortSignal,
): Promise<string> => {
  for (const provider of providers) {
    const cluster = await provider.attach(name, signal);
    await cluster?.[Symbol.asyncDispose]();
    if (cluster !== undefined) return provider.name;
  }
  throw new NetclaimsError({
    code: 'usage/no-cluster',
    what: `there is no cluster named ${name}`,
    remedy: `make it with \`netclaims cluster up --name ${name}\``,
  });
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
  const cluster = await providers.find(({ name }) => name === told.provider)?.attach(told.name, signal);
  if (cluster !== undefined) return cluster;
  throw new NetclaimsError({
    code: 'cluster/gone',
    what: `the ${told.provider} cluster ${told.name} of this run is not there any more`,
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
