import { isPassing } from '../api/api-error.js';
import type { Bell } from '../api/bell.js';
import { objectPath } from '../api/resources.js';
import type { KubernetesApi } from '../kubernetes-api.js';
import type { Applied } from '../objects/apply.js';
import type { Shape } from '../api/answer-shape.js';
import * as shapes from '../objects/kube-shapes.js';
import type { PodObject } from '../objects/kube-types.js';
import { hopelessError, notReadyError } from './explain-pod.js';
import { podsOf } from './owner.js';
import { podReadiness } from './pod-readiness.js';
import { pending, ready, type PodFailure, type Readiness } from './readiness.js';
import { isAwaited, serviceReadiness, workloadReadiness } from './workload-readiness.js';

/** Not everything that is waited for rings the bell. */
const lookAgainMs = 300;

/** What was seen of one applied object. */
interface Seen {
  readonly applied: Applied;
  readonly pods: readonly PodObject[];
  readonly readiness: Readiness;
  /** Whose failure makes it hopeless, if it is a pod's. */
  readonly culprit: PodObject | undefined;
}

/**
 * Resolves when everything that was applied is ready.
 * @throws NetclaimsError `pod/…` as soon as it is certain that it will not be, or when the signal is aborted; `cluster/…`
 */
export const awaitReady = async (
  api: KubernetesApi,
  namespace: string,
  applied: readonly Applied[],
  bell: Bell,
  signal: AbortSignal,
): Promise<void> => {
  let last: readonly Seen[] = [];
  let trouble: unknown;
  const isOver = () => signal.aborted;
  for (;;) {
    try {
      last = await look(api, namespace, applied, signal);
      trouble = undefined;
    } catch (error) {
      // Trouble that may pass is waited for like anything else, and told of when it did not pass in time.
      if (!isOver() && !isPassing(error)) throw api.explain(error, 'reading what was applied');
      if (!isOver()) trouble = error;
    }
    for (const seen of last) await throwIfHopeless(api, seen);
    const waiting = last.filter(({ readiness }) => readiness.is === 'pending');
    if (trouble === undefined && last.length === applied.length && waiting.length === 0) return;
    if (isOver()) throw await tooLate(api, applied, waiting, trouble ?? signal.reason);
    await bell.next(lookAgainMs, signal).catch(() => undefined);
  }
};

const throwIfHopeless = async (api: KubernetesApi, { applied, readiness, culprit }: Seen): Promise<void> => {
  if (readiness.is === 'hopeless')
    throw await hopelessError(api, applied.manifest, culprit, readiness.failure);
};

const tooLate = async (
  api: KubernetesApi,
  applied: readonly Applied[],
  waiting: readonly Seen[],
  cause: unknown,
): Promise<unknown> => {
  // Not once was there an answer: the cluster is in trouble, and not what was applied.
  if (waiting.length === 0) return api.explain(cause, `reading whether ${applied.length} objects are ready`);
  return notReadyError(
    api,
    waiting.map(({ applied: { manifest }, readiness, pods }) => ({
      manifest,
      says: readiness.is === 'pending' ? readiness.says : '',
      pods: pods.filter((pod) => podReadiness(pod).is !== 'ready'),
    })),
    isPassing(cause) ? cause : undefined,
  );
};

const look = async (
  { client }: KubernetesApi,
  namespace: string,
  applied: readonly Applied[],
  signal: AbortSignal,
): Promise<readonly Seen[]> => {
  const get = async <T>(path: string, answer: Shape<T>) =>
    (await client.ask({ method: 'GET', path, answer }, signal)).body;
  const pods = await get(`/api/v1/namespaces/${namespace}/pods`, shapes.pods);
  return Promise.all(
    applied.map(async (each): Promise<Seen> => {
      const { kind, name } = each.manifest;
      const own = podsOf(each.manifest, pods);
      const seen = (readiness: Readiness, culprit?: PodObject): Seen => ({
        applied: each,
        pods: own,
        readiness,
        culprit,
      });
      if (kind === 'Pod') {
        const [pod] = own;
        return pod === undefined ? seen(pending('it is not there')) : seen(podReadiness(pod), pod);
      }
      const read = <T>(answer: Shape<T>) => get(objectPath(each.resource, namespace, name), answer);
      if (kind === 'Service') {
        const endpoints = await get(`/api/v1/namespaces/${namespace}/endpoints`, shapes.endpoints);
        const of = endpoints.find(({ metadata }) => metadata?.name === name);
        return seen(serviceReadiness(await read(shapes.service), of, pods));
      }
      if (!isAwaited(kind)) return seen(ready);
      const lost = kind === 'Job' ? undefined : hopelessPod(own);
      if (lost !== undefined) return seen({ is: 'hopeless', failure: lost.failure }, lost.pod);
      return seen(workloadReadiness(kind, await read(shapes.anyObject)));
    }),
  );
};

/** The first of a workload's pods that will not become ready; a Job's may fail, as it makes others. */
const hopelessPod = (
  pods: readonly PodObject[],
): { readonly pod: PodObject; readonly failure: PodFailure } | undefined => {
  for (const pod of pods) {
    const readiness = podReadiness(pod);
    if (readiness.is === 'hopeless') return { pod, failure: readiness.failure };
  }
  return undefined;
};
