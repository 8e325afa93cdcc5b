import { NetclaimsError } from '../../../domain/error.js';
import type { Manifest } from '../../../domain/manifest.js';
import { ApiError, hasStatus } from '../api/api-error.js';
import { objectPath, type Resource } from '../api/resources.js';
import { retried } from '../api/retried.js';
import type { KubernetesApi } from '../kubernetes-api.js';
import { isWorkload, withDefaults } from './pod-spec.js';

/** An object that was applied, and the manifest that it is of. */
export interface Applied {
  readonly manifest: Manifest;
  readonly resource: Resource;
}

/**
 * Applies manifests on the server's side, in their order, but what pods use before what makes pods. What is sent is what was written: no model
 * takes fields away that it does not know.
 * @throws NetclaimsError `pod/refused`, `cluster/…`
 */
export const applyAll = async (
  api: KubernetesApi,
  namespace: string,
  manifests: readonly Manifest[],
  applied: (object: Applied) => void,
  signal: AbortSignal,
): Promise<void> => {
  const inOrder = [
    ...manifests.filter(({ kind }) => !isWorkload(kind)),
    ...manifests.filter(({ kind }) => isWorkload(kind)),
  ];
  for (const manifest of inOrder) {
    const resource = resourceOf(api, manifest);
    // Told of before it is made: what was interrupted may have been made all the same.
    applied({ manifest, resource });
    await apply(api, namespace, manifest, resource, signal);
  }
};

const apply = async (
  { client, explain }: KubernetesApi,
  namespace: string,
  manifest: Manifest,
  resource: Resource,
  signal: AbortSignal,
): Promise<void> => {
  const { kind, name, object } = manifest;
  const body = {
    ...withDefaults(kind, object),
    metadata: { ...(object.metadata as object | undefined), namespace },
  };
  const send = () =>
    client.ask(
      {
        method: 'PATCH',
        path: objectPath(resource, namespace, name),
        query: { fieldManager: 'netclaims', force: 'true' },
        contentType: 'application/apply-patch+yaml',
        body,
      },
      signal,
    );
  try {
    const sendOnce = () =>
      send().catch((error: unknown) => {
        const isFinal = error instanceof ApiError && !isNotYet(error) && isRefusal(error);
        throw isFinal ? refused(manifest, error) : error;
      });
    await retried(sendOnce, Number.POSITIVE_INFINITY, signal, isNotYet);
  } catch (error) {
    throw explain(error, `applying ${kind} ${name}`);
  }
};

/** A new namespace has its service account a moment later; until then pods in it are refused. */
const isNotYet = (error: unknown): boolean =>
  hasStatus(error, 409) ||
  (hasStatus(error, 403) && /service ?account.*not found/i.test(error.message)) ||
  (error instanceof ApiError && error.message.includes('No API token found for service account'));

/** What RBAC refuses is told by `explain`; all else that is refused is in the manifest, or in a rule of the cluster about such pods. */
const isRefusal = ({ httpStatus, message }: ApiError): boolean =>
  message.includes('typed patch object') ||
  [400, 404, 405, 409, 413, 415, 422].includes(httpStatus) ||
  (httpStatus === 403 && !/cannot \w+ resource/.test(message));

const refused = (manifest: Manifest, error: ApiError): NetclaimsError =>
  new NetclaimsError({
    code: 'pod/refused',
    what: `${placeOf(manifest)} ${manifest.kind} ${manifest.name} was refused by the Kubernetes API`,
    evidence: [
      error.message,
      ...(error.status.details?.causes ?? []).flatMap(({ message }) => message ?? []),
    ],
    remedy: 'mend the manifest, or see which admission rule of the cluster says so',
    cause: error,
  });

const resourceOf = ({ resources }: KubernetesApi, manifest: Manifest): Resource => {
  const apiVersion = String(manifest.object.apiVersion);
  const resource = resources.find(apiVersion, manifest.kind);
  if (resource !== undefined) return resource;
  throw new NetclaimsError({
    code: 'pod/no-such-kind',
    what: `${placeOf(manifest)} the cluster has no ${manifest.kind} of ${apiVersion}`,
    evidence: resources.unread.has(apiVersion) ? [`${apiVersion} could not be read: its server is away`] : [],
    remedy: '`kubectl api-resources` shows what it has',
  });
};

/** Where a manifest stands: `file:line:column`. */
export const placeOf = (manifest: Manifest): string => {
  const { line, column } = manifest.position([]);
  return `${manifest.file}:${line}:${column}`;
};
