import type { Cluster } from '../../domain/cluster.js';
import { NetclaimsError } from '../../domain/error.js';
import { unreadable } from '../../domain/fact-types.js';
import { accessOf } from './api/access.js';
import { apiClient, type ApiClient } from './api/api-client.js';
import { callerOf, explain } from './api/explain.js';
import type { KubernetesConnection } from './connection.js';
import { readKubeConfig } from './kube-config.js';

/**
 * What every Kubernetes cluster offers, given a way to its API and its nodes. Disposing of it removes what was made in the cluster through
 * it and ends the connection; the cluster and the nodes are their makers' to end.
 * @throws NetclaimsError `cluster/api-…`, `cluster/unauthorized`, `cluster/expired`, `cluster/forbidden`
 */
export const connectKubernetes = async (
  connection: KubernetesConnection,
  signal: AbortSignal,
): Promise<Cluster> => {
  const kubeConfig = await readKubeConfig(connection.kubeConfig);
  const client = apiClient(accessOf(kubeConfig));
  const caller = callerOf(kubeConfig);
  try {
    const version = await serverVersion(client, signal);
    return {
      facts: {
        provider: connection.provider,
        cni: connection.cni ?? unreadable('nothing looked for it'),
        kubernetes: version,
        runtime: unreadable('nothing looked for it'),
        kernel: unreadable('nothing looked for it'),
        capabilities: ['kubernetes'],
      },
      nodes: connection.nodes,
      refusals: () => [],
      supports: () => true,
      openWorld: (namespace) =>
        Promise.reject(
          new NetclaimsError({ code: 'cluster/no-worlds', what: `${namespace}: worlds are not made yet` }),
        ),
      [Symbol.asyncDispose]: () => {
        client[Symbol.dispose]();
        return Promise.resolve();
      },
    };
  } catch (error) {
    client[Symbol.dispose]();
    throw explain(error, 'asking for its version', caller);
  }
};

const serverVersion = async (client: ApiClient, signal: AbortSignal): Promise<string> => {
  const { body } = await client.ask({ method: 'GET', path: '/version' }, signal);
  return (body as { readonly gitVersion?: string }).gitVersion ?? '';
};
