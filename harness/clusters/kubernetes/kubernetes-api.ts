import type { ApiClient, ApiRequest } from './api/api-client.js';
import { patienceMs, retried } from './api/retried.js';
import type { Resources } from './api/resources.js';

/** The API of one cluster, with what is known of it. */
export interface KubernetesApi {
  readonly client: ApiClient;
  readonly resources: Resources;
  /** What a failure of the API means for whoever runs netclaims. @param doing e.g. `listing the nodes` */
  readonly explain: (error: unknown, doing: string) => unknown;
}

/** Asks for something, again while the API is in passing trouble. @throws NetclaimsError `cluster/…` */
export const askPatiently = async <T>(
  { client, explain }: Pick<KubernetesApi, 'client' | 'explain'>,
  request: ApiRequest<T>,
  doing: string,
  signal: AbortSignal,
): Promise<T> => {
  try {
    return (await retried(() => client.ask(request, signal), patienceMs, signal)).body;
  } catch (error) {
    throw explain(error, doing);
  }
};
