import { expect, it } from '@jest/globals';
import { fakeApi } from '../testing/fake-api.js';
import { retried } from './retried.js';

const never = new AbortController().signal;
const get = { method: 'GET', path: '/x' } as const;

it('asks as the user, and gives the answer as it is', async () => {
  await using api = await fakeApi(() => ({ body: { a: [1] } }));
  expect((await api.client.ask({ ...get, query: { watch: '1' } }, never)).body).toEqual({ a: [1] });
  expect(api.requests[0]?.query.get('watch')).toBe('1');
});

it('keeps what the server says of a refusal', async () => {
  const body = { message: 'no', reason: 'Forbidden' };
  await using api = await fakeApi(() => ({ status: 403, body }));
  await expect(api.client.ask(get, never)).rejects.toMatchObject({
    httpStatus: 403,
    message: 'no',
    status: body,
  });
});

it.each([
  ['hang', 'TIMEOUT', 100],
  ['break off', 'ECONNRESET', 10_000],
] as const)('calls it silence when the server does %s', async (answer, code, timeoutMs) => {
  await using api = await fakeApi(() => answer);
  await expect(api.client.ask({ ...get, timeoutMs }, never)).rejects.toMatchObject({ code });
});

it('does not take half an answer for one', async () => {
  await using api = await fakeApi(() => ({ body: '{"items": [' }));
  await expect(api.client.ask(get, never)).rejects.toMatchObject({
    code: 'cluster/api-answer',
    evidence: ['the answer is not JSON', 'it answered: {"items": ['],
  });
});

it('asks again while the server is in trouble, and tells the last trouble when there is no more time', async () => {
  let left = 2;
  await using api = await fakeApi(() =>
    left-- > 0 ? { status: 503, body: { message: `${left}` } } : { body: 'fine', status: 200 },
  );
  const ask = () => api.client.ask({ ...get, as: 'text' }, never);
  expect((await retried(ask, 10_000, never)).body).toBe('fine');
  left = 100;
  await expect(retried(ask, 150, never)).rejects.toMatchObject({ httpStatus: 503 });
});

it('does not ask again what was refused', async () => {
  await using api = await fakeApi(() => ({ status: 422, body: {} }));
  await expect(retried(() => api.client.ask(get, never), 10_000, never)).rejects.toMatchObject({
    httpStatus: 422,
  });
  expect(api.requests).toHaveLength(1);
});

it('reads no answer and no line that is larger than is possible, and says which it was', async () => {
  await using api = await fakeApi(() => ({ body: 'x'.repeat(33 * 1024 * 1024) }));
  const tooLarge = {
    code: 'cluster/api-too-large',
    message: 'the answer of the Kubernetes API to GET /x is larger than 32 MiB',
  };
  await expect(api.client.ask({ ...get, as: 'text' }, never)).rejects.toMatchObject(tooLarge);
  await expect(api.client.follow(get, () => undefined, never)).rejects.toMatchObject(tooLarge);
});

it('hands on lines in whatever pieces they come', async () => {
  await using api = await fakeApi(() => ({
    body: `${'a'.repeat(200_000)}\nb\n\n${'c'.repeat(200_000)}\nrest`,
  }));
  const lines: number[] = [];
  await api.client.follow(get, (line) => lines.push(line.length), never);
  expect(lines).toEqual([200_000, 1, 0, 200_000]);
});
