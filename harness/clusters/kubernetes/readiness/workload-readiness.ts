import type { AnyObject, EndpointsObject, PodObject, ServiceObject } from '../objects/kube-types.js';
import { podReadiness } from './pod-readiness.js';
import { hopeless, pending, ready, type Readiness } from './readiness.js';

/** The kinds that have a state of their own to wait for; of all others it is enough that they are there. */
export const awaitedKinds = [
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'ReplicationController',
] as const;

type AwaitedKind = (typeof awaitedKinds)[number];

export const isAwaited = (kind: string): kind is AwaitedKind =>
  (awaitedKinds as readonly string[]).includes(kind);

/** Whether a workload has as many ready pods of its newest specification as it is to have, and none of an older one. */
export const workloadReadiness = (kind: AwaitedKind, object: AnyObject): Readiness => {
  const spec = object.spec ?? {};
  const status = object.status ?? {};
  const seen = number(status.observedGeneration);
  if (kind !== 'Job' && seen < number(object.metadata?.generation)) {
    return pending('its controller has not looked at it yet');
  }
  const wanted = number(spec.replicas, 1);
  switch (kind) {
    case 'Deployment':
      return counted(wanted, {
        'brought up to date': number(status.updatedReplicas),
        available: number(status.availableReplicas),
        ...leftOver(number(status.replicas), wanted),
      });
    case 'ReplicaSet':
    case 'ReplicationController':
      return counted(wanted, { available: number(status.availableReplicas) });
    case 'StatefulSet':
      return counted(wanted, {
        'brought up to date': number(status.updatedReplicas, number(status.currentReplicas)),
        ready: number(status.readyReplicas),
      });
    case 'DaemonSet': {
      const nodes = number(status.desiredNumberScheduled);
      if (nodes === 0) return pending('it is to run on no node');
      return counted(nodes, {
        'brought up to date': number(status.updatedNumberScheduled),
        available: number(status.numberAvailable),
      });
    }
    case 'Job':
      return jobReadiness(status);
  }
};

const number = (value: unknown, otherwise = 0): number => (typeof value === 'number' ? value : otherwise);

/** Pods of an older specification that are still there count as if as many of the new one were missing. */
const leftOver = (all: number, wanted: number): Readonly<Record<string, number>> =>
  all > wanted ? { 'alone, without pods of an older specification': wanted - (all - wanted) } : {};

const counted = (wanted: number, counts: Readonly<Record<string, number>>): Readiness => {
  const short = Object.entries(counts).filter(([, count]) => count < wanted);
  return short.length === 0
    ? ready
    : pending(short.map(([what, count]) => `${count} of ${wanted} pods are ${what}`).join(', '));
};

const jobReadiness = (status: Readonly<Record<string, unknown>>): Readiness => {
  const conditions = (status.conditions ?? []) as readonly {
    readonly type: string;
    readonly status: string;
    readonly reason?: string;
    readonly message?: string;
  }[];
  const holds = (type: string) => conditions.find((each) => each.type === type && each.status === 'True');
  const failed = holds('Failed');
  if (failed !== undefined) {
    return hopeless({
      code: 'pod/failed',
      container: undefined,
      says: `failed: ${failed.reason ?? ''}`,
      evidence: failed.message === undefined ? [] : [failed.message],
      remedy: 'see what its pods say',
    });
  }
  return holds('Complete') === undefined
    ? pending(`${number(status.active)} of its pods run, ${number(status.succeeded)} have succeeded`)
    : ready;
};

/**
 * Whether a Service leads to every pod that it selects and that is ready. That there are none may be what a scenario is about, so that an empty
 * Service is ready.
 */
export const serviceReadiness = (
  { spec = {} }: ServiceObject,
  endpoints: EndpointsObject | undefined,
  pods: readonly PodObject[],
): Readiness => {
  const { selector = {}, type } = spec;
  if (type === 'ExternalName' || Object.keys(selector).length === 0) return ready;
  const known = new Set(
    (endpoints?.subsets ?? []).flatMap(({ addresses = [] }) => addresses.map(({ ip }) => ip)),
  );
  const missing = pods.filter(
    (pod) =>
      pod.metadata?.deletionTimestamp === undefined &&
      selects(selector, pod) &&
      isServing(pod) &&
      !(pod.status?.podIPs ?? []).some(({ ip }) => known.has(ip)),
  );
  return missing.length === 0
    ? ready
    : pending(`it does not lead to ${missing.map(({ metadata }) => metadata?.name ?? '').join(', ')} yet`);
};

const isServing = (pod: PodObject): boolean =>
  pod.status?.phase === 'Running' &&
  podReadiness(pod).is === 'ready' &&
  (pod.status.conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'True');

/** Whether a pod has all these labels. */
export const selects = (selector: Readonly<Record<string, string>>, { metadata }: PodObject): boolean =>
  Object.entries(selector).every(([key, value]) => metadata?.labels?.[key] === value);
