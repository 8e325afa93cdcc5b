import { expect, it } from '@jest/globals';
import type { PodObject } from '../objects/kube-types.js';
import { fakeApi, type FakeAnswer } from '../testing/fake-api.js';
import { troublesOf } from './pod-trouble.js';

const never = new AbortController().signal;

const pod = (uid: string, phase: string, message?: string): PodObject => ({
  metadata: { name: uid, uid },
  status: {
    phase,
    containerStatuses: [
      {
        ...{ name: 'c', ready: false, restartCount: 0 },
        state: { waiting: { reason: 'ContainerCreating', ...(message === undefined ? {} : { message }) } },
      },
    ],
  },
});

const event = (uid: string, message: string, lastTimestamp: string) => ({
  ...{ involvedObject: { uid }, type: 'Warning', message, lastTimestamp },
});

const troubles = async (pods: readonly PodObject[], events: FakeAnswer) => {
  await using api = await fakeApi(() => events);
  const explain = (error: unknown) => error;
  const found = await troublesOf(pods, { client: api.client, explain }, 'ns', never);
  return { found: Object.fromEntries(found), requests: api.requests };
};

it("is a container's own message, for which no event is asked for", async () => {
  const { found, requests } = await troubles(
    [pod('a', 'Pending', 'no such image'), pod('b', 'Running')],
    'hang',
  );
  expect(found).toEqual({ a: 'no such image' });
  expect(requests).toEqual([]);
});

it('is the last warning of a pod that is to run and has no message yet', async () => {
  const items = [
    event('a', 'failed (add): later\n', '2026-11-25T12:00:05Z'),
    event('a', 'failed (add): earlier', '2026-11-25T12:00:01Z'),
    event('other', 'something else', '2026-11-25T12:00:09Z'),
  ];
  const { found, requests } = await troubles([pod('a', 'Pending'), pod('b', 'Pending')], { body: { items } });
  expect(found).toEqual({ a: 'failed (add): later', b: '' });
  expect(requests.map(({ path }) => path)).toEqual(['/api/v1/namespaces/ns/events']);
});

it('could not be read where events may not be listed', async () => {
  const forbidden = { status: 403, body: { kind: 'Status', message: 'events is forbidden' } };
  const { found } = await troubles([pod('a', 'Pending')], forbidden);
  expect(found).toEqual({ a: { $unreadable: 'events is forbidden' } });
});
