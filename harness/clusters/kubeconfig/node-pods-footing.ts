import type { Footing } from '../ground/watch-ground.js';
import { hangBell } from '../kubernetes/api/bell.js';
import { askPatiently, type KubernetesApi } from '../kubernetes/kubernetes-api.js';
import * as shapes from '../kubernetes/objects/kube-shapes.js';
import type { PodObject } from '../kubernetes/objects/kube-types.js';

/** A pod may change in ways that no watch tells of. */
const longestQuietMs = 30_000;

/** The pods by which commands run on nodes, as they are now: they are lost when one of them ends, or was started again. */
export const nodePodsFooting = async (
  api: Pick<KubernetesApi, 'client' | 'explain'>,
  namespace: string,
  signal: AbortSignal,
): Promise<Footing> => {
  const request = {
    method: 'GET',
    path: `/api/v1/namespaces/${namespace}/pods`,
    answer: shapes.pods,
  } as const;
  const running = async (stop: AbortSignal): Promise<ReadonlyMap<string, string>> => {
    const pods = await askPatiently(api, request, 'listing the node pods', stop);
    return new Map(pods.filter(isRunning).map((pod) => [pod.spec?.nodeName ?? '', identityOf(pod)] as const));
  };
  const first = await running(signal);
  const look = async (stop: AbortSignal): Promise<string | undefined> => {
    const now = await running(stop);
    for (const [node, identity] of first) {
      if (now.get(node) === undefined) return `that of node ${node} does not run`;
      if (now.get(node) !== identity) return `that of node ${node} is another one`;
    }
    return undefined;
  };
  const ended = async (stop: AbortSignal): Promise<string> => {
    await using bell = hangBell(api.client, namespace);
    for (;;) {
      await bell.next(longestQuietMs, stop);
      const why = await look(stop);
      if (why !== undefined) return why;
    }
  };
  return { name: `the pods by which commands run on nodes (${namespace})`, look, ended };
};

const isRunning = ({ metadata, status }: PodObject): boolean =>
  status?.phase === 'Running' && metadata?.deletionTimestamp === undefined;

const identityOf = ({ metadata, status }: PodObject): string =>
  [metadata?.uid, ...(status?.containerStatuses ?? []).map(({ containerID }) => containerID)].join(' ');
