import { unreadable, type Unreadable } from '../../../domain/fact-types.js';
import { wordsOf } from '../../../domain/error.js';
import { askPatiently, type KubernetesApi } from '../kubernetes-api.js';
import * as shapes from '../objects/kube-shapes.js';
import { eventTime, type PodObject } from '../objects/kube-types.js';

/**
 * What keeps the pods of a namespace from running, by uid; nothing of those that run. It is a container's own message or, where the
 * pod has none yet, the last warning that the server has of it; events are asked for only where there is such a pod.
 */
export const troublesOf = async (
  pods: readonly PodObject[],
  api: Pick<KubernetesApi, 'client' | 'explain'>,
  namespace: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string | Unreadable>> => {
  const own = pods.map((pod) => ({ uid: uidOf(pod), pod, message: waitingMessage(pod) }));
  const told = own.filter(({ message }) => message !== '').map(({ uid, message }) => [uid, message] as const);
  const silent = own.filter(({ message, pod }) => message === '' && pod.status?.phase === 'Pending');
  if (silent.length === 0) return new Map(told);
  const warnings = await warningsIn(api, namespace, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    return unreadable(wordsOf(error));
  });
  return new Map([
    ...told,
    ...silent.map(({ uid }) => [uid, 'get' in warnings ? (warnings.get(uid) ?? '') : warnings] as const),
  ]);
};

const uidOf = ({ metadata }: PodObject): string => metadata?.uid ?? '';

const waitingMessage = ({ status = {} }: PodObject): string =>
  [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])]
    .map(({ state }) => state?.waiting?.message ?? '')
    .find(Boolean) ?? '';

/** The last warning of each pod. */
const warningsIn = async (
  api: Pick<KubernetesApi, 'client' | 'explain'>,
  namespace: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> => {
  const path = `/api/v1/namespaces/${namespace}/events`;
  const query = { fieldSelector: 'type=Warning,involvedObject.kind=Pod' };
  const request = { method: 'GET', path, query, answer: shapes.events } as const;
  const listed = await askPatiently(api, request, 'listing events', signal);
  const events = listed.toSorted((a, b) => eventTime(a) - eventTime(b));
  return new Map(
    events.map(({ involvedObject, message = '' }) => [involvedObject?.uid ?? '', message.trim()]),
  );
};
