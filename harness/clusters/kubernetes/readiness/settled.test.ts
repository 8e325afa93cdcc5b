import { describe, expect, it } from '@jest/globals';
import { fakeApi, type FakeAnswer } from '../testing/fake-api.js';
import { awaitSettled } from './settled.js';

const never = new AbortController().signal;
const explain = (error: unknown) => error;
const pod = (phase: string, nodeName?: string) => ({
  metadata: { name: 'coredns' },
  spec: nodeName === undefined ? {} : { nodeName },
  status: { phase },
});

/** How often all pods were listed, of a server that answers these one after the other, and the last one for ever. */
const looks = async (...answers: readonly FakeAnswer[]): Promise<number> => {
  let count = 0;
  await using api = await fakeApi(() => answers[Math.min((count += 1), answers.length) - 1] ?? { body: {} });
  await awaitSettled({ client: api.client, explain }, never);
  return count;
};
const list = (...items: readonly object[]): FakeAnswer => ({ body: { items } });

describe('a cluster', () => {
  it('has settled when no pod is about to start', async () => {
    expect(await looks(list(pod('Running', 'node-1'), pod('Succeeded', 'node-1')))).toBe(1);
  });

  it('has not while a pod waits for its node or its sandbox', async () => {
    const waiting = [list(pod('Pending')), list(pod('Pending', 'node-1'))];
    expect(await looks(...waiting, list(pod('Running', 'node-1')))).toBe(3);
  });

  it('is taken as it is by a user who may not list all pods', async () => {
    expect(await looks({ status: 403, body: { kind: 'Status' } })).toBe(1);
  });
});
