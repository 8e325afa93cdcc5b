import { chooseProvider } from '../clusters/choose-provider.js';
import type { ClusterOptions, ClusterProvider } from '../domain/cluster-provider.js';
import type { Cluster } from '../domain/cluster.js';
import { describeError, NetclaimsError } from '../domain/error.js';
import { within } from '../run/within.js';
import { checkInputs } from './check-inputs.js';

/** The cluster that a caller asks for: one to make, or with `clusterName` one that is up. */
export interface ClusterRequest
  extends
    Pick<ClusterOptions, 'nodes' | 'load'>,
    Partial<
      Pick<
        ClusterOptions,
        | 'cni'
        | 'cniBinDir'
        | 'otherNetworks'
        | 'nodeImage'
        | 'ipFamily'
        | 'kubeconfig'
        | 'context'
        | 'nodePodImage'
      >
    > {
  readonly cluster: string;
  readonly clusterName?: string | undefined;
}

export interface OpenOptions {
  readonly name: string | undefined;
  readonly life: 'held' | 'kept';
  /** Told of each phase as it begins. */
  readonly onPhase: (phase: string) => void;
}

/**
 * Attaches to the cluster that the request names, or makes one. Sweeps meanwhile what killed runs left; that this fails or takes long is
 * told, and keeps nobody from the cluster.
 */
export const openCluster = async (
  request: ClusterRequest,
  options: OpenOptions,
  providers: readonly ClusterProvider[],
  signal: AbortSignal,
): Promise<Cluster> => {
  if (request.clusterName === undefined) await checkInputs(request);
  const swept = sweepAll(providers, options.onPhase, signal);
  try {
    return request.clusterName === undefined
      ? await makeCluster(request, options, providers, signal)
      : await attachTo(request.clusterName, options, providers, signal);
  } finally {
    await swept;
  }
};

const makeCluster = async (
  request: ClusterRequest,
  { name, life, onPhase }: OpenOptions,
  providers: readonly ClusterProvider[],
  signal: AbortSignal,
): Promise<Cluster> => {
  const { provider, reason } = await chooseProvider(request.cluster, providers, request);
  onPhase(reason);
  if (name !== undefined) await refuseTakenName(name, providers);
  const { cni, cniBinDir, otherNetworks, nodes, load, nodeImage } = request;
  const { ipFamily, kubeconfig, context, nodePodImage } = request;
  return provider.create(
    {
      ...{ cni, cniBinDir, otherNetworks, nodes, load, nodeImage },
      ...{ ipFamily, kubeconfig, context, nodePodImage },
      ...{ name, life, progress: onPhase },
    },
    signal,
  );
};

/** A name is one cluster's, whichever provider made it: it is all that --cluster-name says. */
const refuseTakenName = async (name: string, providers: readonly ClusterProvider[]): Promise<void> => {
  const kept = (await Promise.all(providers.map((provider) => provider.list()))).flat();
  const taken = kept.find((cluster) => cluster.name === name);
  if (taken === undefined) return;
  throw new NetclaimsError({
    code: 'usage/name-taken',
    what: `there is a ${taken.provider} cluster named ${name} already`,
    remedy: `use it with --cluster-name ${name}, or remove it with \`netclaims cluster down ${name}\``,
  });
};

const attachTo = async (
  name: string,
  { onPhase }: OpenOptions,
  providers: readonly ClusterProvider[],
  signal: AbortSignal,
): Promise<Cluster> => {
  for (const provider of providers) {
    const cluster = await provider.attach(name, onPhase, signal);
    if (cluster !== undefined) return cluster;
  }
  const kept = (await Promise.all(providers.map((provider) => provider.list()))).flat();
  throw new NetclaimsError({
    code: 'usage/no-cluster',
    what: `there is no cluster named ${name}`,
    evidence: kept.length === 0 ? [] : [`there are: ${kept.map((cluster) => cluster.name).join(', ')}`],
    remedy: `make it with \`netclaims cluster up --name ${name}\``,
  });
};

/** How long the sweep of a provider may take. */
const sweepMs = 20_000;

/** Never throws. A provider that cannot be used here has nothing to sweep either. */
const sweepAll = async (
  providers: readonly ClusterProvider[],
  onPhase: (phase: string) => void,
  signal: AbortSignal,
): Promise<void> => {
  const sweep = async (provider: ClusterProvider): Promise<void> => {
    if ((await provider.refusal()) === undefined) await provider.sweep();
  };
  await Promise.all(
    providers.map((provider) =>
      within(sweepMs, late, () => sweep(provider), signal).catch((error: unknown) => {
        if (!signal.aborted) onPhase(`left by an earlier run: ${inOneLine(error)}`);
      }),
    ),
  );
};

const inOneLine = (error: unknown): string => describeError(error).replaceAll(/\n\s*/g, '; ');

const late = (): NetclaimsError =>
  new NetclaimsError({
    code: 'cluster/cleanup',
    what: `it was not removed within ${sweepMs / 1_000} s`,
    remedy: 'run again: each run tries to remove it',
  });
