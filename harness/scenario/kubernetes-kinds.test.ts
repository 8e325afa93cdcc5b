import { describe, expect, it } from '@jest/globals';
import { kindMistake } from './kubernetes-kinds.js';

describe('a misspelt kind or apiVersion', () => {
  it.each([
    ['v1', 'Pood', '`v1` has no kind `Pood`; did you mean `Pod`?'],
    ['v1', 'pod', '`v1` has no kind `pod`; did you mean `Pod`?'],
    ['v1', 'Widget', '`v1` has no kind `Widget`'],
    ['v1', 'Deployment', '`v1` has no kind `Deployment`; it is in `apps/v1`'],
    ['v1', 'Deploymnet', '`v1` has no kind `Deploymnet`; did you mean `Deployment`?'],
    ['apps/v1', 'Daemonset', '`apps/v1` has no kind `Daemonset`; did you mean `DaemonSet`?'],
    ['apps/v1', 'Pod', '`apps/v1` has no kind `Pod`; it is in `v1`'],
    [
      'networking.k8s.io/v1',
      'NetworkPolcy',
      '`networking.k8s.io/v1` has no kind `NetworkPolcy`; did you mean `NetworkPolicy`?',
    ],
    ['v2', 'Pod', '`v2` is no version of `Pod`; did you mean `v1`?'],
    ['V1', 'Pod', '`V1` is no version of `Pod`; did you mean `v1`?'],
    ['apps/v2', 'Deployment', '`apps/v2` is no version of `Deployment`; did you mean `apps/v1`?'],
    [
      'networking.k8s.io/v1beta',
      'Ingress',
      '`networking.k8s.io/v1beta` is no version of `Ingress`; did you mean `networking.k8s.io/v1`?',
    ],
    ['app/v1', 'Deployment', 'there is no API group `app`; did you mean `apps/v1`?'],
    [
      'networkin.k8s.io/v1',
      'NetworkPolicy',
      'there is no API group `networkin.k8s.io`; did you mean `networking.k8s.io/v1`?',
    ],
    ['a/b/v1', 'Pod', '`a/b/v1` must be GROUP/VERSION, or v1'],
  ])('%s %s', (apiVersion, kind, message) => {
    expect(kindMistake(apiVersion, kind)?.message).toBe(message);
  });
});

describe('what a server may have', () => {
  it.each([
    ['v1', 'Pod'],
    ['policy/v1beta1', 'PodSecurityPolicy'],
    ['batch/v1', 'CronJob'],
    // Others may define kinds of the same names.
    ['crd.projectcalico.org/v1', 'NetworkPolicy'],
    ['serving.knative.dev/v1', 'Service'],
    ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
    ['k8s.cni.cncf.io/v1', 'NetworkAttachmentDefinition'],
    ['cilium.io/v2', 'CiliumNetworkPolicy'],
    // Of a version that is not known here yet.
    ['networking.k8s.io/v2', 'NetworkPolicy'],
    ['scheduling.k8s.io/v1alpha3', 'Workload'],
  ])('%s %s', (apiVersion, kind) => {
    expect(kindMistake(apiVersion, kind)).toBeUndefined();
  });
});
