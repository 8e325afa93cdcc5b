import { hostname } from 'node:os';
import { hasStatus } from '../api/api-error.js';
import { patienceMs, retried } from '../api/retried.js';
import type { KubernetesApi } from '../kubernetes-api.js';
import { lives, ownerText, parseOwner, type Owner } from './owner.js';
import { marks } from './namespaces.js';

type Api = Pick<KubernetesApi, 'client' | 'explain'>;

/** A Lease as the server has it, as far as it is used. */
interface LeaseObject {
  readonly metadata?: {
    readonly name?: string;
    readonly resourceVersion?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: { readonly holderIdentity?: string; readonly renewTime?: string };
}

/** A lease that somebody holds. */
export interface HeldLease {
  readonly name: string;
  readonly holder: string;
  readonly owner: string;
  readonly version: string;
  /** Its holder ended or did not renew it in time. */
  readonly expired: boolean;
}

/** Every namespace may be removed but this one. */
const path = '/apis/coordination.k8s.io/v1/namespaces/default/leases';

/** How long a lease is good for, and how often it is renewed. */
export const leaseSeconds = 30;
export const renewMs = 8_000;

/** What marks leases of runs that share the cluster. */
const sharedLabel = { key: 'netclaims.dev/lock', value: 'shared' } as const;

/** The leases of one run. Times are the server's, as clocks of machines differ. */
export const leases = ({ client, explain }: Api, owner: Owner) => {
  let clockAheadMs = 0;
  const ask = async (
    request: Parameters<typeof client.ask>[0],
    doing: string,
    signal: AbortSignal,
  ): Promise<unknown> => {
    try {
      const { body, serverTime } = await retried(() => client.ask(request, signal), patienceMs, signal);
      clockAheadMs = Date.now() - serverTime.getTime();
      return body;
    } catch (error) {
      if (hasStatus(error, 404) || hasStatus(error, 409)) return undefined;
      throw explain(error, doing);
    }
  };
  const objectOf = (name: string, shared: boolean, version?: string) => {
    const now = new Date(Date.now() - clockAheadMs).toISOString().replace('Z', '000Z');
    return {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: {
        name,
        labels: {
          [marks.label.key]: marks.label.value,
          ...(shared ? { [sharedLabel.key]: sharedLabel.value } : {}),
        },
        annotations: { [marks.owner]: ownerText(owner) },
        ...(version === undefined ? {} : { resourceVersion: version }),
      },
      spec: {
        holderIdentity: `process ${owner.pid} on ${hostname()}`,
        leaseDurationSeconds: leaseSeconds,
        renewTime: now,
      },
    };
  };
  const read = async (lease: unknown): Promise<HeldLease | undefined> => {
    const { metadata, spec } = (lease ?? {}) as LeaseObject;
    if (metadata?.name === undefined || (spec?.holderIdentity ?? '') === '') return undefined;
    const now = new Date(Date.now() - clockAheadMs);
    const renewed = Date.parse(spec?.renewTime ?? '');
    const ownerNote = metadata.annotations?.[marks.owner] ?? '';
    const parsed = parseOwner(ownerNote);
    return {
      name: metadata.name,
      holder: `the run of ${spec?.holderIdentity}`,
      owner: ownerNote,
      version: metadata.resourceVersion ?? '',
      expired:
        !(now.getTime() - renewed < leaseSeconds * 1_000) ||
        // On this machine it can be seen that its process has ended.
        (parsed !== undefined && !(await lives(parsed, now, now))),
    };
  };

  return {
    get: async (name: string, signal: AbortSignal) =>
      read(await ask({ method: 'GET', path: `${path}/${name}` }, `reading the lease ${name}`, signal)),
    /** undefined when somebody else made it first. */
    create: async (name: string, shared: boolean, signal: AbortSignal) =>
      read(
        await ask({ method: 'POST', path, body: objectOf(name, shared) }, `making the lease ${name}`, signal),
      ),
    /** Renews or takes over. undefined when somebody else changed it meanwhile. */
    put: async (name: string, shared: boolean, version: string, signal: AbortSignal) =>
      read(
        await ask(
          { method: 'PUT', path: `${path}/${name}`, body: objectOf(name, shared, version) },
          `renewing the lease ${name}`,
          signal,
        ),
      ),
    remove: async (name: string, version: string, signal: AbortSignal): Promise<void> => {
      const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { resourceVersion: version } };
      await ask({ method: 'DELETE', path: `${path}/${name}`, body }, `removing the lease ${name}`, signal);
    },
    shared: async (signal: AbortSignal): Promise<readonly HeldLease[]> => {
      const query = { labelSelector: `${sharedLabel.key}=${sharedLabel.value}` };
      const body = await ask({ method: 'GET', path, query }, 'listing the leases', signal);
      const { items } = (body ?? {}) as { readonly items?: readonly unknown[] };
      return (await Promise.all((items ?? []).map(read))).flatMap((lease) => lease ?? []);
    },
  };
};

export type Leases = ReturnType<typeof leases>;
