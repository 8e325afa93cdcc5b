import { setTimeout as sleep } from 'node:timers/promises';
import { hasStatus } from '../api/api-error.js';
import { objectPath } from '../api/resources.js';
import { patienceMs, retried } from '../api/retried.js';
import { askPatiently, type KubernetesApi } from '../kubernetes-api.js';
import { unlessGone } from '../objects/delete-object.js';
import type { Applied } from '../objects/apply.js';
import * as shapes from '../objects/kube-shapes.js';
import type { NamespaceObject, PodObject } from '../objects/kube-types.js';
import { isWorkload } from '../objects/pod-spec.js';
import { tornDown, type NodeAccess } from '../pods/torn-down.js';
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

const lookAgainMs = 200;

export interface Removal {
  readonly name: string;
  /** What is known to have been applied in it. */
  readonly applied: readonly Applied[];
  /** Where its pods may be. */
  readonly access: NodeAccess;
}

/**
 * Empties a namespace of its pods and has it removed. The pods go first: the server's own removal of a namespace waits as long as pods that are
 * to end gracefully may take, and these need not.
 * @returns a function that resolves when the namespace is gone, which takes the server some seconds more
 */
export const removeNamespace = async (
  api: Api,
  { name, applied, access }: Removal,
  signal: AbortSignal,
): Promise<() => Promise<void>> => {
  const ask = (method: 'GET' | 'DELETE', path: string, query: Readonly<Record<string, string>> = {}) =>
    askPatiently(api, { method, path, query }, `removing the namespace ${name}`, signal).catch(unlessGone);
  const pods = `${pathOf(name)}/pods`;
  await Promise.all(
    applied
      .filter(({ manifest }) => isWorkload(manifest.kind) && manifest.kind !== 'Pod')
      .map(({ manifest, resource }) =>
        ask('DELETE', objectPath(resource, name, manifest.name), { propagationPolicy: 'Background' }),
      ),
  );
  const list = { method: 'GET', path: pods, answer: shapes.pods } as const;
  for (;;) {
    const left = await askPatiently(api, list, `removing the namespace ${name}`, signal).catch(unlessGone);
    if (left === undefined || left.length === 0) break;
    if (left.some(({ metadata }) => !isEnding(metadata)))
      await ask('DELETE', pods, { gracePeriodSeconds: '1' });
    for (const { metadata } of await tornDown(left, name, access, signal)) {
      await ask('DELETE', `${pods}/${metadata?.name ?? ''}`, { gracePeriodSeconds: '0' });
    }
    await sleep(lookAgainMs, undefined, { signal });
  }
  await ask('DELETE', pathOf(name));
  return async () => {
    while ((await ask('GET', pathOf(name))) !== undefined) await sleep(lookAgainMs, undefined, { signal });
  };
};

/** Whether a pod is being deleted, and quickly. */
const isEnding = (metadata: PodObject['metadata']): boolean =>
  metadata?.deletionTimestamp !== undefined && (metadata.deletionGracePeriodSeconds ?? 0) <= 1;

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
