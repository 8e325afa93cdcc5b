import { access } from 'node:fs/promises';
import type { KubeConfig } from '@kubernetes/client-node';
import { NetclaimsError } from '../../domain/error.js';
import { newKubeConfig } from '../kubernetes/kube-config.js';

export interface KubeConfigChoice {
  /** The files to merge, the first of them to lead; those of KUBECONFIG, or the usual one. */
  readonly files: readonly string[];
  /** undefined for the current one. */
  readonly context: string | undefined;
}

/**
 * Reads kubeconfigs as kubectl does, and chooses the context.
 * @throws NetclaimsError `usage/no-kubeconfig`, `usage/kubeconfig`, `usage/no-context`
 */
export const loadKubeConfig = async ({ files, context }: KubeConfigChoice): Promise<KubeConfig> => {
  const found = await existing(files);
  if (found.length === 0) {
    throw new NetclaimsError({
      code: 'usage/no-kubeconfig',
      what: `there is no kubeconfig at ${files.join(', ')}`,
      remedy:
        'name one with --kubeconfig FILE or KUBECONFIG, or use a cluster that netclaims makes (--cluster kind)',
    });
  }
  const [first = '', ...others] = found;
  const kubeConfig = await read(first);
  for (const file of others) merge(kubeConfig, await read(file));
  if (context !== undefined) kubeConfig.setCurrentContext(context);
  checkContext(kubeConfig, found);
  return kubeConfig;
};

/** Where several are named, as in KUBECONFIG, some may be missing. */
const existing = async (files: readonly string[]): Promise<readonly string[]> => {
  const are = await Promise.all(
    files.map((file) =>
      access(file).then(
        () => true,
        () => false,
      ),
    ),
  );
  return files.filter((_, index) => are[index]);
};

const read = async (file: string): Promise<KubeConfig> => {
  const kubeConfig = await newKubeConfig();
  try {
    kubeConfig.loadFromFile(file);
    return kubeConfig;
  } catch (cause) {
    throw new NetclaimsError({
      code: 'usage/kubeconfig',
      what: `${file} is no kubeconfig`,
      evidence: [cause instanceof Error ? cause.message : String(cause)],
      remedy: 'see that it is the file that kubectl uses: `kubectl config view` shows it',
      cause,
    });
  }
};

/** Of two entries of one name the first counts. */
const merge = (into: KubeConfig, other: KubeConfig): void => {
  const adds = <T extends { readonly name: string }>(known: readonly T[], more: readonly T[]): readonly T[] =>
    more.filter(({ name }) => known.every((each) => each.name !== name));
  for (const cluster of adds(into.clusters, other.clusters)) into.addCluster(cluster);
  for (const user of adds(into.users, other.users)) into.addUser(user);
  for (const context of adds(into.contexts, other.contexts)) into.addContext(context);
  // As YAML has it, either may be missing.
  if (!into.currentContext) into.setCurrentContext(other.currentContext);
};

const checkContext = (kubeConfig: KubeConfig, files: readonly string[]): void => {
  const name = kubeConfig.getCurrentContext() as string | undefined;
  const contexts = kubeConfig.getContexts().map((each) => each.name);
  const evidence = [`contexts of ${files.join(', ')}: ${contexts.join(', ') || 'none'}`];
  if (!name) {
    throw new NetclaimsError({
      code: 'usage/no-context',
      what: 'the kubeconfig has no current context',
      evidence,
      remedy: 'name one with --context',
    });
  }
  if (!contexts.includes(name)) {
    throw new NetclaimsError({
      code: 'usage/no-context',
      what: `the kubeconfig has no context ${name}`,
      evidence,
      remedy: 'name one of those with --context',
    });
  }
  checkServer(kubeConfig, name);
  if (kubeConfig.getCurrentCluster() === null || kubeConfig.getCurrentUser() === null) {
    throw new NetclaimsError({
      code: 'usage/no-context',
      what: `the context ${name} names a cluster or a user that the kubeconfig does not have`,
      evidence,
      remedy: 'mend the kubeconfig, or name another context with --context',
    });
  }
};

/** Over plain HTTP anybody could read the user's credentials; that has to be asked for. */
const checkServer = (kubeConfig: KubeConfig, context: string): void => {
  const cluster = kubeConfig.getCurrentCluster();
  if (cluster === null || /^https:/i.test(cluster.server)) return;
  if (/^http:/i.test(cluster.server) && cluster.skipTLSVerify) return;
  throw new NetclaimsError({
    code: 'usage/kubeconfig',
    what: `the server of the context ${context} is not an https:// address: ${cluster.server}`,
    remedy: 'name the https:// address of the API server, or set insecure-skip-tls-verify for an http:// one',
  });
};
