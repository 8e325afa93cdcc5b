import { describe, expect, it } from '@jest/globals';
import { NetclaimsError } from '../../../domain/error.js';
import { fakeApi, type FakeAnswer, type FakeRequest } from '../testing/fake-api.js';
import { removeNamespace } from './remove-namespace.js';

const never = new AbortController().signal;
const access = { nodes: [], runtime: () => Promise.reject(new Error('there is no node')) };
const explain = (cause: unknown) =>
  new NetclaimsError({ code: 'cluster/api-refused', what: 'refused', cause });

/** A namespace in which a controller, if there is one, makes a pod for each that goes, as long as the server lets it. */
const namespace = (parts: { readonly controller: boolean; readonly stuck?: boolean }) => {
  let made = 0;
  const make = () => ({
    metadata: {
      name: `pod-${(made += 1)}`,
      uid: `uid-${made}`,
      ...(parts.controller ? { ownerReferences: [{ kind: 'ReplicaSet', name: 'rs' }] } : {}),
    },
  });
  let pods = [make()];
  let state: 'active' | 'terminating' | 'gone' = 'active';
  const calls: string[] = [];
  const answer = ({ method, path }: FakeRequest): FakeAnswer => {
    const isPods = path === '/api/v1/namespaces/a/pods';
    if (method === 'DELETE') {
      calls.push(path);
      if (isPods) pods = parts.controller && state === 'active' ? [make()] : [];
      else state = parts.stuck === true ? 'terminating' : pods.length === 0 ? 'gone' : 'terminating';
      return { body: {} };
    }
    if (isPods) return { body: { items: pods } };
    if (state === 'terminating' && pods.length === 0 && parts.stuck !== true) state = 'gone';
    const conditions = [
      { status: 'True', message: 'a finalizer remains' },
      { status: 'False', message: 'no' },
    ];
    return state === 'gone' ? { status: 404, body: {} } : { body: { status: { conditions } } };
  };
  return { answer, calls };
};

const remove = async (parts: Parameters<typeof namespace>[0], limitMs = 5_000) => {
  const { answer, calls } = namespace(parts);
  await using api = await fakeApi(answer);
  const removal = { name: 'a', applied: [], access };
  const gone = await removeNamespace({ client: api.client, explain }, removal, never, limitMs);
  await gone();
  return calls;
};

describe('removeNamespace', () => {
  it('removes the pods, and then the namespace', async () => {
    expect(await remove({ controller: false })).toEqual([
      '/api/v1/namespaces/a/pods',
      '/api/v1/namespaces/a',
    ]);
  });

  it('removes the namespace first where something makes pods that was not applied', async () => {
    expect(await remove({ controller: true })).toEqual(['/api/v1/namespaces/a', '/api/v1/namespaces/a/pods']);
  });

  it('says what holds a namespace that does not go', async () => {
    await expect(remove({ controller: false, stuck: true }, 500)).rejects.toMatchObject({
      code: 'cluster/cleanup',
      message: 'the namespace a is not gone after 0.5 s',
      evidence: ['a finalizer remains'],
    });
  });
});
