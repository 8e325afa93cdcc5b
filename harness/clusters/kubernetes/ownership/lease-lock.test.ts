import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { pid } from 'node:process';
import type { LockMode } from '../../../domain/cluster-lock.js';
import { fakeApi, type FakeAnswer, type FakeRequest } from '../testing/fake-api.js';
import { leaseLock } from './lease-lock.js';

const never = new AbortController().signal;
const explain = (error: unknown) => error;
const folder = '/apis/coordination.k8s.io/v1/namespaces/default/leases';
const request = (mode: LockMode, wait = false, onWait: (holder: string) => void = () => undefined) => ({
  mode,
  wait,
  onWait,
});

interface Lease {
  readonly metadata: {
    readonly name: string;
    readonly resourceVersion?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: object;
}

/** Leases as a server keeps them. */
const leaseServer = (...there: readonly Lease[]) => {
  const all = new Map(there.map((lease) => [lease.metadata.name, lease]));
  let version = 1;
  const store = (lease: Lease): FakeAnswer => {
    const stored = { ...lease, metadata: { ...lease.metadata, resourceVersion: String((version += 1)) } };
    all.set(lease.metadata.name, stored);
    return { body: stored };
  };
  const answer = ({ method, path, query, body }: FakeRequest): FakeAnswer => {
    const name = path.slice(folder.length + 1);
    const sent = body as Lease;
    const current = all.get(name);
    if (method === 'POST') return all.has(sent.metadata.name) ? { status: 409, body: {} } : store(sent);
    if (method === 'GET' && name === '') {
      const [key = '', value] = (query.get('labelSelector') ?? '').split('=');
      return { body: { items: [...all.values()].filter((each) => each.metadata.labels?.[key] === value) } };
    }
    if (current === undefined) return { status: 404, body: {} };
    if (method === 'PUT')
      return sent.metadata.resourceVersion === current.metadata.resourceVersion
        ? store(sent)
        : { status: 409, body: {} };
    if (method === 'DELETE') all.delete(name);
    return { body: current };
  };
  return { all, answer };
};

/** A lease of a run on another machine. */
const foreign = (name: string, renewTime: string, labels: Readonly<Record<string, string>> = {}): Lease => ({
  metadata: {
    name,
    labels,
    resourceVersion: '1',
    annotations: { 'netclaims.dev/owner': 'elsewhere/pid:[1]/7/1' },
  },
  spec: { holderIdentity: 'process 7 on elsewhere', renewTime },
});
const shared = { 'netclaims.dev/lock': 'shared' };
const justNow = () => new Date().toISOString();
const longAgo = '2020-01-01T00:00:00.000000Z';

describe('the lock of a Kubernetes cluster', () => {
  it('is one lease, with the holder in it, and gone afterwards', async () => {
    const server = leaseServer();
    await using api = await fakeApi(server.answer);
    const lock = leaseLock({ client: api.client, explain });
    const held = await lock(request('alone'), never);
    expect(server.all.get('netclaims-alone')).toMatchObject({
      spec: {
        holderIdentity: expect.stringContaining(`process ${pid} on `),
        leaseDurationSeconds: 30,
      },
    });
    await expect(lock(request('shared'), never)).rejects.toMatchObject({ code: 'cluster/in-use' });
    await held[Symbol.asyncDispose]();
    expect([...server.all.keys()]).toEqual([]);
  });

  it('keeps out who wants to be alone while another run shares the cluster, and names that run', async () => {
    const server = leaseServer(foreign('netclaims-shared-1', justNow(), shared));
    await using api = await fakeApi(server.answer);
    const lock = leaseLock({ client: api.client, explain });
    await expect(lock(request('alone'), never)).rejects.toMatchObject({
      message: 'the run of process 7 on elsewhere uses the cluster',
    });
    expect([...server.all.keys()]).toEqual(['netclaims-shared-1']);
    await (await lock(request('shared'), never))[Symbol.asyncDispose]();
  });

  it('is taken over from a run that has not renewed it in time', async () => {
    const server = leaseServer(
      foreign('netclaims-alone', longAgo),
      foreign('netclaims-shared-1', longAgo, shared),
    );
    await using api = await fakeApi(server.answer);
    const held = await leaseLock({ client: api.client, explain })(request('alone'), never);
    expect(server.all.get('netclaims-alone')).not.toMatchObject({
      spec: { holderIdentity: 'process 7 on elsewhere' },
    });
    await held[Symbol.asyncDispose]();
  });

  it('is waited for, and the one who waits is told whom for', async () => {
    const server = leaseServer(foreign('netclaims-alone', justNow()));
    await using api = await fakeApi(server.answer);
    const told: string[] = [];
    const free = (holder: string) => {
      told.push(holder);
      server.all.delete('netclaims-alone');
    };
    const lock = leaseLock({ client: api.client, explain });
    await (await lock(request('shared', true, free), never))[Symbol.asyncDispose]();
    expect(told).toEqual(['the run of process 7 on elsewhere']);
  });

  it('is lost, and with it the ground of whoever has it, when another run takes the lease', async () => {
    const server = leaseServer();
    await using api = await fakeApi(server.answer);
    const held = await leaseLock({ client: api.client, explain }, 5)(request('alone'), never);
    await held.ground.check(never);
    const lost = once(held.ground.lost, 'abort');
    server.all.set('netclaims-alone', foreign('netclaims-alone', justNow()));
    await lost;
    await expect(held.ground.check(never)).rejects.toMatchObject({ code: 'cluster/lock-lost' });
    await held[Symbol.asyncDispose]();
  });
});
