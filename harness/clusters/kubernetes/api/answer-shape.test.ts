import { describe, expect, it } from '@jest/globals';
import { fakeApi } from '../testing/fake-api.js';
import * as shapes from '../objects/kube-shapes.js';
import type { Shape } from './answer-shape.js';

const never = new AbortController().signal;

/** The answer of a server, read through a client. */
const answered = async <T>(body: unknown, answer: Shape<T>): Promise<T> => {
  await using api = await fakeApi(() => ({ body: typeof body === 'string' ? body : JSON.stringify(body) }));
  return (await api.client.ask({ method: 'GET', path: '/api/v1/nodes', answer }, never)).body;
};

describe('an answer of the API', () => {
  it.each<[string, unknown, string]>([
    ['null', null, 'the answer is null, not an object'],
    ['a list', [1, 2, 3], 'the answer is a list, not an object'],
    ['nothing', '', 'the answer is missing'],
    ['a text', '"x"', 'the answer is text, not an object'],
    ['an object without items', {}, 'items is missing'],
    ['a status instead', { kind: 'Status', status: 'Success' }, 'items is missing'],
    ['items that are none', { items: { a: 1 } }, 'items is an object, not a list'],
    ['an item that is null', { items: [null] }, 'items[0] is null, not an object'],
    ['an item that is a number', { items: [1] }, 'items[0] is a number, not an object'],
    [
      'a name that is a number',
      { items: [{ metadata: { name: 7 } }] },
      'items[0].metadata.name is a number, not text',
    ],
    ['no name', { items: [{ metadata: {} }] }, 'items[0].metadata.name is missing'],
    [
      'a status of another type',
      { items: [{ metadata: { name: 'a' }, status: 5 }] },
      'items[0].status is a number, not an object',
    ],
    [
      'conditions of another type',
      { items: [{ metadata: { name: 'a' }, status: { conditions: 'Ready' } }] },
      'items[0].status.conditions is text, not a list',
    ],
    [
      'a condition that is null',
      { items: [{ metadata: { name: 'a' }, status: { conditions: [null] } }] },
      'items[0].status.conditions[0] is null, not an object',
    ],
  ])('that is %s is an error, which names the request and what came', async (_, body, why) => {
    await expect(answered(body, shapes.nodes)).rejects.toMatchObject({
      code: 'cluster/api-answer',
      message: 'the Kubernetes API answered GET /api/v1/nodes with something else than it should',
      evidence: [why, expect.stringMatching(/^it answered: /)],
    });
  });

  it('that is HTML is an error', async () => {
    await expect(answered('<html>log in, please</html>', shapes.nodes)).rejects.toMatchObject({
      code: 'cluster/api-answer',
      evidence: ['the answer is not JSON', 'it answered: <html>log in, please</html>'],
    });
  });

  it('may have fields that are not known, and null for what is empty', async () => {
    const body = {
      items: [{ metadata: { name: 'a', labels: null }, status: { conditions: null, other: [1] } }],
    };
    expect(await answered(body, shapes.nodes)).toEqual([{ metadata: { name: 'a' }, status: { other: [1] } }]);
    expect(await answered({ items: null }, shapes.nodes)).toEqual([]);
  });

  it('has no fields but its own', async () => {
    const body =
      '{"items": [{"metadata": {"name": "a"}, "__proto__": {"spec": {"podCIDRs": ["10.0.0.0/24"]}}}]}';
    const [node] = await answered(body, shapes.nodes);
    expect(node?.spec).toBeUndefined();
  });
});
