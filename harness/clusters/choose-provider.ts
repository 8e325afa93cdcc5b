import type { ClusterOptions, ClusterProvider } from '../domain/cluster-provider.js';
import { NetclaimsError } from '../domain/error.js';

export interface Choice {
  readonly provider: ClusterProvider;
  /** Why it was chosen, as one line for people. */
  readonly reason: string;
}

/**
 * The provider of this name, or for `auto` the first that can be used here.
 * @throws NetclaimsError `usage/no-provider`, `cluster/not-usable`, `cluster/none-usable`
 */
export const chooseProvider = async (
  name: string,
  providers: readonly ClusterProvider[],
  options: Pick<ClusterOptions, 'nodeImage'> = {},
): Promise<Choice> => {
  if (name === 'auto') return firstUsable(providers, options);
  const provider = providers.find((candidate) => candidate.name === name);
  if (provider === undefined) {
    throw new NetclaimsError({
      code: 'usage/no-provider',
      what: `this version of netclaims makes no cluster of the kind \`${name}\``,
      remedy: `give --cluster one of auto, ${providers.map((candidate) => candidate.name).join(', ')}`,
    });
  }
  const refusal = await provider.refusal();
  if (refusal === undefined) return { provider, reason: `${provider.name}, as asked` };
  throw new NetclaimsError({
    code: 'cluster/not-usable',
    what: `a ${provider.name} cluster cannot be made on this machine`,
    evidence: [refusal.reason],
    remedy: refusal.remedy,
  });
};

const firstUsable = async (
  providers: readonly ClusterProvider[],
  options: Pick<ClusterOptions, 'nodeImage'>,
): Promise<Choice> => {
  const refusals = [];
  for (const provider of providers) {
    const refusal = (await provider.refusal()) ?? (await provider.reluctance?.(options));
    if (refusal === undefined) {
      const passedOver = refusals.map((refused) => `; not ${refused.name}: ${refused.reason}`).join('');
      return { provider, reason: `${provider.name}, the first that can be used here${passedOver}` };
    }
    refusals.push({ name: provider.name, ...refusal });
  }
  throw new NetclaimsError({
    code: 'cluster/none-usable',
    what: 'no cluster can be made on this machine',
    evidence: refusals.map(({ name, reason }) => `${name}: ${reason}`),
    remedy: `mend one of these: ${refusals.map(({ name, remedy }) => `${name}: ${remedy}`).join('; ')}`,
  });
};
