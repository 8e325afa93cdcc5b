import { expect, it } from '@jest/globals';
import type { Manifest } from '../../../domain/manifest.js';
import { resourcesFrom } from '../api/resources.js';
import { fakeApi, type FakeAnswer, type FakeRequest } from '../testing/fake-api.js';
import { applyAll } from './apply.js';

const never = new AbortController().signal;
const resources = resourcesFrom([
  { kind: 'Pod', apiVersion: 'v1', plural: 'pods', namespaced: true },
  { kind: 'ConfigMap', apiVersion: 'v1', plural: 'configmaps', namespaced: true },
  { kind: 'Widget', apiVersion: 'example.org/v1', plural: 'widgets', namespaced: true },
]);

const manifest = (apiVersion: string, kind: string, rest: object): Manifest => ({
  file: 'm.yaml',
  kind,
  name: 'x',
  object: { apiVersion, kind, metadata: { name: 'x' }, ...rest },
  position: () => ({ line: 3, column: 1 }),
});

const apply = async (manifests: readonly Manifest[], answer: (request: FakeRequest) => FakeAnswer) => {
  await using api = await fakeApi(answer);
  const told: string[] = [];
  const on = { client: api.client, resources, explain: (error: unknown) => error };
  await applyAll(on, 'ns', manifests, ({ manifest: { kind } }) => told.push(kind), never);
  return { requests: api.requests, told };
};

const fine = () => ({ body: {} });

it('applies on the server, with every field that was written, also those that no model knows', async () => {
  const { requests } = await apply(
    [manifest('example.org/v1', 'Widget', { spec: { fieldOfTomorrow: [1] } })],
    fine,
  );
  expect(requests).toMatchObject([
    {
      method: 'PATCH',
      path: '/apis/example.org/v1/namespaces/ns/widgets/x',
      contentType: 'application/apply-patch+yaml',
      body: {
        apiVersion: 'example.org/v1',
        kind: 'Widget',
        metadata: { name: 'x', namespace: 'ns' },
        spec: { fieldOfTomorrow: [1] },
      },
    },
  ]);
  expect(requests[0]?.query.get('fieldManager')).toBe('netclaims');
});

it('applies what pods use before pods, and lets nodes use the images that they have', async () => {
  const containers = [
    { name: 'a', image: 'busybox', ports: [{ containerPort: 80 }] },
    { name: 'b', image: 'x', imagePullPolicy: 'Always' },
  ];
  const { requests, told } = await apply(
    [manifest('v1', 'Pod', { spec: { containers } }), manifest('v1', 'ConfigMap', {})],
    fine,
  );
  expect(told).toEqual(['ConfigMap', 'Pod']);
  expect(requests[1]?.body).toMatchObject({
    spec: {
      containers: [
        { imagePullPolicy: 'IfNotPresent', ports: [{ containerPort: 80, protocol: 'TCP' }] },
        { imagePullPolicy: 'Always' },
      ],
    },
  });
});

it('waits for the service account of a new namespace', async () => {
  let early = true;
  const { requests } = await apply([manifest('v1', 'Pod', {})], () => {
    const refused = early;
    early = false;
    const message =
      'pods "x" is forbidden: error looking up service account ns/default: serviceaccount "default" not found';
    return refused ? { status: 403, body: { message } } : { body: {} };
  });
  expect(requests).toHaveLength(2);
});

it('names the place of what the server refuses', async () => {
  const message = 'Pod "x" is invalid: spec.containers: Required value';
  await expect(
    apply([manifest('v1', 'Pod', {})], () => ({ status: 422, body: { message } })),
  ).rejects.toMatchObject({
    code: 'pod/refused',
    message: 'm.yaml:3:1 Pod x was refused by the Kubernetes API',
    evidence: [message],
  });
});

it('names the place of a kind that the cluster has not', async () => {
  await expect(apply([manifest('v2', 'Pod', {})], fine)).rejects.toMatchObject({
    code: 'pod/no-such-kind',
    message: 'm.yaml:3:1 the cluster has no Pod of v2',
  });
});
