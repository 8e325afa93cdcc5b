import { expect, it } from '@jest/globals';
import { ApiError, ApiSilence } from './api-error.js';
import { explain } from './explain.js';

const caller = { server: 'https://s:6443', context: 'dev', certificateEnds: undefined };
const status = (code: number, message: string) => new ApiError(code, JSON.stringify({ message }));

it.each([
  [
    status(
      403,
      'pods is forbidden: User "u" cannot list resource "pods" in API group "" at the cluster scope',
    ),
    'cluster/forbidden',
    'the user of the context dev may not list pods',
  ],
  [
    status(
      403,
      'x is forbidden: User "u" cannot patch resource "deployments" in API group "apps" in the namespace "n"',
    ),
    'cluster/forbidden',
    'the user of the context dev may not patch deployments.apps',
  ],
  [
    status(401, 'Unauthorized'),
    'cluster/unauthorized',
    'the Kubernetes API at https://s:6443 does not accept the credentials of the context dev',
  ],
  [
    new ApiSilence('ECONNREFUSED', 'connect ECONNREFUSED'),
    'cluster/api-unreachable',
    'the Kubernetes API at https://s:6443 does not answer',
  ],
  [
    new ApiSilence('SELF_SIGNED_CERT_IN_CHAIN', 'self-signed'),
    'cluster/api-untrusted',
    'the certificate of the Kubernetes API at https://s:6443 is not one that the kubeconfig trusts',
  ],
])('says what `%s` means, and what to do', (error, code, message) => {
  const told = explain(error, 'listing', caller);
  expect(told).toMatchObject({ code, message, cause: error });
  expect((told as { remedy: string }).remedy).not.toBe('');
});

it('sees by its date that a client certificate has expired', () => {
  const certificateEnds = new Date('2020-01-01T00:00:00Z');
  expect(explain(status(401, 'Unauthorized'), 'listing', { ...caller, certificateEnds })).toMatchObject({
    code: 'cluster/expired',
    message: 'the client certificate of the context dev expired on 2020-01-01T00:00:00.000Z',
  });
});

it('leaves other errors as they are', () => {
  const error = new Error('mine');
  expect(explain(error, 'listing', caller)).toBe(error);
});
