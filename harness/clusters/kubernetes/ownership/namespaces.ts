import { hasStatus } from '../api/api-error.js';
import { patienceMs, retried } from '../api/retried.js';
import type { KubernetesApi } from '../kubernetes-api.js';
import * as shapes from '../objects/kube-shapes.js';
import type { NamespaceObject } from '../objects/kube-types.js';
import { ownerText, type Owner } from './owner.js';

/** What marks a namespace as ours. The label finds it, the annotation says whose it is. */
export const marks = {
  label: { key: 'app.kubernetes.io/managed-by', value: 'netclaims' },
  owner: 'netclaims.dev/owner',
  signOfLife: 'netclaims.dev/seen-alive-at',
  /** On what `--keep` leaves: no run removes it. */
  kept: 'netclaims.dev/kept',
} as const;

type Api = Pick<KubernetesApi, 'client' | 'explain'>;

const pathOf = (name: string): string => `/api/v1/namespaces/${name}`;

/** Makes a namespace of this owner's. Pods of any kind may run in it, as scenarios have pods on the node's network. */
export const createNamespace = async (
  { client, explain }: Api,
  name: string,
  owner: Owner,
  signal: AbortSignal,
): Promise<void> => {
  const body = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: {
        [marks.label.key]: marks.label.value,
        'pod-security.kubernetes.io/enforce': 'privileged',
      },
      annotations: {
        [marks.owner]: ownerText(owner),
        [marks.signOfLife]: new Date().toISOString(),
      },
    },
  };
  const create = () => client.ask({ method: 'POST', path: '/api/v1/namespaces', body }, signal);
  let attempts = 0;
  try {
    await retried(
      () => {
        attempts += 1;
        return create();
      },
      patienceMs,
      signal,
    );
  } catch (error) {
    // An earlier attempt may have got through without an answer.
    if (hasStatus(error, 409) && attempts > 1) return;
    throw explain(error, `making the namespace ${name}`);
  }
};

/** Changes annotations of a namespace; null takes one away. */
export const annotate = async (
  { client }: Api,
  name: string,
  annotations: Readonly<Record<string, string | null>>,
  signal: AbortSignal,
): Promise<Date> => {
  const { serverTime } = await client.ask(
    {
      method: 'PATCH',
      path: pathOf(name),
      contentType: 'application/merge-patch+json',
      body: { metadata: { annotations } },
    },
    signal,
  );
  return serverTime;
};

/** All namespaces that carry our label. */
export const ourNamespaces = async (
  { client, explain }: Api,
  signal: AbortSignal,
): Promise<{ readonly namespaces: readonly NamespaceObject[]; readonly serverTime: Date }> => {
  const query = { labelSelector: `${marks.label.key}=${marks.label.value}` };
  const request = { method: 'GET', path: '/api/v1/namespaces', query, answer: shapes.namespaces } as const;
  try {
    const { body, serverTime } = await retried(() => client.ask(request, signal), patienceMs, signal);
    return { namespaces: body, serverTime };
  } catch (error) {
    throw explain(error, 'listing the namespaces');
  }
};
