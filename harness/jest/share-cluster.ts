import { randomBytes } from 'node:crypto';
import { chooseProvider } from '../clusters/choose-provider.js';
import type { ClusterProvider } from '../domain/cluster-provider.js';
import type { Cluster } from '../domain/cluster.js';
import { NetclaimsError } from '../domain/error.js';
import { providersOf } from './providers.js';
import { sharedCluster, type JestGlobals, type JestOptions } from './jest-options.js';

/** The variable by which Jest's workers learn the name of the run's cluster. */
const variable = 'NETCLAIMS_JEST_CLUSTER';

/** Set-up and teardown are loaded each by itself, so what the one made stands where the other finds it. */
const heldCluster = Symbol.for('netclaims.jest.cluster');
const held = globalThis as { [heldCluster]?: AsyncDisposable | undefined };

/**
 * Makes the cluster of a run of Jest, as the globals of the project want it, and tells the workers its name by their environment. It is
 * held by this process: it ends with it, however that ends.
 */
export const shareCluster = async (globals: JestGlobals): Promise<void> => {
  const { netclaims: options = {} } = globals;
  const providers = await providersOf(options);
  const { provider } = await chooseProvider(options.cluster ?? 'auto', providers);
  await provider.sweep();
  const name = `jest-${randomBytes(4).toString('hex')}`;
  held[heldCluster] = await provider.create(sharedCluster(options, name), new AbortController().signal);
  process.env[variable] = `${provider.name}/${name}`;
};

/** Removes the cluster of this run of Jest. */
export const endShared = async (): Promise<void> => {
  await held[heldCluster]?.[Symbol.asyncDispose]();
  held[heldCluster] = undefined;
};

/** Connects a worker to the cluster that its Jest has made. */
export const attachToShared = async (options: JestOptions, signal: AbortSignal): Promise<Cluster> => {
  const [providerName, name = ''] = process.env[variable]?.split('/') ?? [];
  const provider = (await providersOf(options)).find((candidate) => candidate.name === providerName);
  const cluster = await provider?.attach(name, signal);
  if (cluster !== undefined) return cluster;
  throw noCluster(provider, name);
};

const noCluster = (provider: ClusterProvider | undefined, name: string): NetclaimsError =>
  provider === undefined
    ? new NetclaimsError({
        code: 'cluster/not-shared',
        what: 'this run of Jest has made no cluster',
        remedy: "name netclaims' global-setup as `globalSetup` of the Jest project",
      })
    : new NetclaimsError({
        code: 'cluster/shared-gone',
        what: `the ${provider.name} cluster ${name} of this run of Jest is not there any more`,
        remedy: 'see whether something ended its processes, and run again',
      });
