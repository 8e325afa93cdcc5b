import { X509Certificate } from 'node:crypto';
import type { KubeConfig } from '@kubernetes/client-node';
import { NetclaimsError } from '../../../domain/error.js';
import { ApiError, ApiSilence } from './api-error.js';

/** Whom requests are made as and to, for what is said of a refusal. */
export interface Caller {
  readonly server: string;
  readonly context: string;
  /** When the client's certificate ends, if it has one: an expired one is refused without a word of that. */
  readonly certificateEnds: Date | undefined;
}

/** The caller that a kubeconfig's context names. @param certificate the client's, as requests present it */
export const callerOf = (kubeConfig: KubeConfig, certificate?: string): Caller => ({
  server: kubeConfig.getCurrentCluster()?.server ?? '',
  context: kubeConfig.getCurrentContext(),
  certificateEnds: certificate === undefined ? undefined : endOf(certificate),
});

const endOf = (certificate: string): Date | undefined => {
  try {
    return new Date(new X509Certificate(certificate).validTo);
  } catch {
    return undefined;
  }
};

/** What the API's failure means for whoever runs netclaims. Anything else stays as it is. @param doing e.g. `listing the nodes` */
export const explain = (error: unknown, doing: string, caller: Caller): unknown => {
  if (error instanceof ApiSilence) return silence(error, doing, caller);
  if (!(error instanceof ApiError)) return error;
  switch (error.httpStatus) {
    case 401:
      return unauthorized(error, doing, caller);
    case 403:
      return forbidden(error, doing, caller);
    default:
      return new NetclaimsError({
        code: 'cluster/api-refused',
        what: `the Kubernetes API refused ${doing}`,
        evidence: [`${error.httpStatus} ${error.status.reason ?? ''}: ${error.message}`],
        cause: error,
      });
  }
};

const silence = (error: ApiSilence, doing: string, { server, context }: Caller): NetclaimsError => {
  const evidence = [`${doing}: ${error.code}: ${error.message}`, `context ${context}`];
  return /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS/.test(error.code)
    ? new NetclaimsError({
        code: 'cluster/api-untrusted',
        what: `the certificate of the Kubernetes API at ${server} is not one that the kubeconfig trusts`,
        evidence,
        remedy:
          'get a fresh kubeconfig: its `certificate-authority-data`, or the name in `server`, is not that of this cluster',
        cause: error,
      })
    : new NetclaimsError({
        code: 'cluster/api-unreachable',
        what: `the Kubernetes API at ${server} does not answer`,
        evidence,
        remedy:
          'see that the cluster runs and can be reached from here; `kubectl version` asks the same server',
        cause: error,
      });
};

const unauthorized = (error: ApiError, doing: string, caller: Caller): NetclaimsError => {
  const { certificateEnds, context, server } = caller;
  const expired = certificateEnds !== undefined && certificateEnds.getTime() < Date.now();
  return new NetclaimsError({
    code: expired ? 'cluster/expired' : 'cluster/unauthorized',
    what: expired
      ? `the client certificate of the context ${context} expired on ${certificateEnds.toISOString()}`
      : `the Kubernetes API at ${server} does not accept the credentials of the context ${context}`,
    evidence: [`${doing}: 401: ${error.message}`],
    remedy: expired
      ? "get a fresh kubeconfig (`kubeadm kubeconfig user`, or your provider's login command)"
      : 'its token may have expired: log in again, or get a fresh kubeconfig',
    cause: error,
  });
};

const forbidden = (error: ApiError, doing: string, { context }: Caller): NetclaimsError => {
  const missing = missingRight(error.message);
  return new NetclaimsError({
    code: 'cluster/forbidden',
    what:
      missing === undefined
        ? `the Kubernetes API forbids ${doing}`
        : `the user of the context ${context} may not ${missing.verb} ${missing.resource}`,
    evidence: [`${doing}: 403: ${error.message}`],
    remedy:
      missing === undefined
        ? 'see which admission rule says so, and whether the namespaces that netclaims makes can be excepted'
        : 'bind the ClusterRole of docs/rbac.yaml to that user',
    cause: error,
  });
};

/** The verb and the resource that RBAC's refusal names: `pods is forbidden: User "u" cannot list resource "pods" in API group "" …`. */
const missingRight = (message: string): { readonly verb: string; readonly resource: string } | undefined => {
  const [, verb, resource, group = ''] =
    /cannot (\w+) resource "([^"]+)" in API group "([^"]*)"/.exec(message) ?? [];
  if (verb === undefined || resource === undefined) return undefined;
  return { verb, resource: group === '' ? resource : `${resource}.${group}` };
};
