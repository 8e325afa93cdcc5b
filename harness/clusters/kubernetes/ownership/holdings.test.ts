import { expect, it } from '@jest/globals';
import { NetclaimsError } from '../../../domain/error.js';
import { fakeApi } from '../testing/fake-api.js';
import { holdings } from './holdings.js';
import { marks } from './namespaces.js';
import { ownerText, thisOwner } from './owner.js';

const never = new AbortController().signal;
const access = { nodes: [], runtime: () => Promise.reject(new Error('there is no node')) };
const now = new Date().toISOString();
const longAgo = '2020-01-01T00:00:00Z';

it('removes what killed runs left, and nothing that is not ours, is kept, or has an owner that lives', async () => {
  const self = await thisOwner();
  const dead = ownerText({ ...self, pid: 2 ** 22 + 1 });
  const elsewhere = ownerText({ host: 'another/pid:[1]', pid: 1, startTime: 1 });
  const namespace = (name: string, owner: string | undefined, seen = now, more: object = {}) => ({
    metadata: {
      name,
      annotations: {
        ...(owner === undefined ? {} : { [marks.owner]: owner }),
        [marks.signOfLife]: seen,
        ...more,
      },
    },
  });
  const items = [
    namespace('of-a-dead-process', dead),
    namespace('of-a-silent-machine', elsewhere, longAgo),
    namespace('of-this-process', ownerText(self), longAgo),
    namespace('of-a-machine-that-was-heard', elsewhere),
    namespace('kept', dead, longAgo, { [marks.kept]: 'true' }),
    namespace('of-somebody-else', undefined, longAgo),
    namespace('with-a-strange-owner', 'somebody', longAgo),
  ];
  const deleted: string[] = [];
  await using api = await fakeApi(({ method, path }) => {
    if (method === 'DELETE') deleted.push(path);
    if (path === '/api/v1/namespaces') return { body: { items } };
    return path.endsWith('/pods')
      ? { body: { items: [] } }
      : { status: method === 'GET' ? 404 : 200, body: {} };
  });
  await using held = await holdings({ client: api.client, explain: withCause }, access);
  await held.sweep(never);
  expect(deleted.sort()).toEqual([
    '/api/v1/namespaces/of-a-dead-process',
    '/api/v1/namespaces/of-a-silent-machine',
  ]);
});

it('says of a namespace whose it is when it makes it, and marks what is kept', async () => {
  await using api = await fakeApi(() => ({ body: {} }));
  await using held = await holdings({ client: api.client, explain: withCause }, access);
  await held.create('netclaims-a', never);
  expect(await held.keep()).toEqual(['netclaims-a']);
  const [made, kept] = api.requests;
  expect(made?.body).toMatchObject({
    metadata: {
      name: 'netclaims-a',
      labels: { 'app.kubernetes.io/managed-by': 'netclaims' },
      annotations: { [marks.owner]: ownerText(await thisOwner()) },
    },
  });
  expect(kept).toMatchObject({
    method: 'PATCH',
    path: '/api/v1/namespaces/netclaims-a',
    contentType: 'application/merge-patch+json',
    body: { metadata: { annotations: { [marks.kept]: 'true' } } },
  });
});

function withCause(error: unknown): unknown {
  return new NetclaimsError({ code: 'cluster/api-refused', what: 'refused', cause: error });
}
