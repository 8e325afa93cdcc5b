import { NetclaimsError } from '../../../domain/error.js';
import type { ApiRequest } from '../api/api-client.js';
import { hasStatus } from '../api/api-error.js';
import { objectPath, type Resource } from '../api/resources.js';
import { askPatiently, type KubernetesApi } from '../kubernetes-api.js';
import { tornDown, type NodeAccess } from '../pods/torn-down.js';
import type { Shape } from '../api/answer-shape.js';
import { identified, pod } from './kube-shapes.js';
import type { PodObject } from './kube-types.js';

export interface DeletionTools {
  readonly api: Pick<KubernetesApi, 'client' | 'explain'>;
  readonly access: NodeAccess;
  /** Resolves when something may have changed. */
  readonly changed: (signal: AbortSignal) => Promise<void>;
}

/**
 * Deletes an object and resolves when it is gone; a pod, when its node has nothing of it any more.
 * @throws NetclaimsError `pod/not-found`, `cluster/…`
 */
export const deleteObject = async (
  resource: Resource,
  namespace: string,
  name: string,
  { api, access, changed }: DeletionTools,
  signal: AbortSignal,
): Promise<void> => {
  const { kind } = resource;
  const path = objectPath(resource, namespace, name);
  const ask = <T>(request: Pick<ApiRequest<T>, 'method' | 'body' | 'answer'>) =>
    askPatiently(api, { ...request, path }, `deleting ${kind} ${name}`, signal);
  const answer: Shape<PodObject> = kind === 'Pod' ? pod : identified;
  const read = () => ask({ method: 'GET', answer });
  const object = await read().catch((error: unknown) => {
    throw isGone(error) ? notFound(kind, name, namespace) : error;
  });
  const uid = object.metadata?.uid ?? '';
  const remove = (options: object) =>
    ask({ method: 'DELETE', body: { apiVersion: 'v1', kind: 'DeleteOptions', ...options } }).catch(
      unlessGone,
    );

  await remove({ propagationPolicy: 'Foreground' });
  for (;;) {
    const now = await read().catch(unlessGone);
    if (now === undefined || now.metadata?.uid !== uid) return;
    if (kind === 'Pod' && (await tornDown([now], namespace, access, signal)).length > 0) {
      await remove({ gracePeriodSeconds: 0, preconditions: { uid } });
      return;
    }
    await changed(signal);
  }
};

/** Whether what was asked for is not there. */
export const isGone = (error: unknown): boolean =>
  error instanceof NetclaimsError && hasStatus(error.cause, 404);

export const unlessGone = (error: unknown): undefined => {
  if (isGone(error)) return undefined;
  throw error;
};

const notFound = (kind: string, name: string, namespace: string): NetclaimsError =>
  new NetclaimsError({
    code: 'pod/not-found',
    what: `there is no ${kind} ${name} in ${namespace}`,
    remedy: 'name an object of the manifests that no earlier step deleted',
  });
