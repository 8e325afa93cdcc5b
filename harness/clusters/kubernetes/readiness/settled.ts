import { setTimeout as sleep } from 'node:timers/promises';
import type { NetclaimsError } from '../../../domain/error.js';
import { hasStatus } from '../api/api-error.js';
import { retried, patienceMs } from '../api/retried.js';
import type { KubernetesApi } from '../kubernetes-api.js';
import * as shapes from '../objects/kube-shapes.js';
import type { PodObject } from '../objects/kube-types.js';

/** How long pods that have a node may take to start, and how long others are given to get one. */
const startMs = 60_000;
const scheduleMs = 8_000;
const lookAgainMs = 300;

/**
 * Waits until no pod of the cluster is about to start, such as those of a cluster that has just been made: what they bring to their nodes
 * would be taken for something that a world left. Gives up without a word: then the comparison of the nodes tells. So it does where the
 * user may not list all pods.
 * @throws NetclaimsError when the API does not answer
 */
export const awaitSettled = async (
  { client, explain }: Pick<KubernetesApi, 'client' | 'explain'>,
  signal: AbortSignal,
): Promise<void> => {
  const beganMs = performance.now();
  for (;;) {
    const pods = await listPods(client, signal).catch((error: unknown) => {
      if (hasStatus(error, 403)) return [];
      throw explain(error, 'listing the pods of the cluster') as NetclaimsError;
    });
    const elapsedMs = performance.now() - beganMs;
    if (!pods.some((pod) => isStarting(pod) && elapsedMs < (hasNode(pod) ? startMs : scheduleMs))) return;
    await sleep(lookAgainMs, undefined, { signal });
  }
};

const listPods = async (
  client: KubernetesApi['client'],
  signal: AbortSignal,
): Promise<readonly PodObject[]> => {
  const request = { method: 'GET', path: '/api/v1/pods', answer: shapes.pods } as const;
  return (await retried(() => client.ask(request, signal), patienceMs, signal)).body;
};

const isStarting = ({ status }: PodObject): boolean => (status?.phase ?? 'Pending') === 'Pending';
const hasNode = ({ spec }: PodObject): boolean => spec?.nodeName !== undefined;
