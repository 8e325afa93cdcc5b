import type { KubeConfig } from '@kubernetes/client-node';
import { NetclaimsError } from '../../domain/error.js';

/** client-node takes a second to load: only who talks to a Kubernetes cluster waits for it. */
export const loadClient = () => import('@kubernetes/client-node');

export const newKubeConfig = async (): Promise<KubeConfig> => {
  const { KubeConfig } = await loadClient();
  return new KubeConfig();
};

/** A kubeconfig from its text; one that is read already stays as it is. @throws NetclaimsError `usage/kubeconfig` */
export const readKubeConfig = async (from: KubeConfig | string): Promise<KubeConfig> => {
  if (typeof from !== 'string') return from;
  const kubeConfig = await newKubeConfig();
  try {
    kubeConfig.loadFromString(from);
    return kubeConfig;
  } catch (cause) {
    throw new NetclaimsError({
      code: 'usage/kubeconfig',
      what: 'the text is no kubeconfig',
      evidence: [cause instanceof Error ? cause.message : String(cause)],
      cause,
    });
  }
};
