import { setTimeout as sleep } from 'node:timers/promises';
import type { Node } from '../../domain/cluster.js';
import { deadline } from '../../domain/deadline.js';
import { describeError, NetclaimsError } from '../../domain/error.js';
import { retried } from '../kubernetes/api/retried.js';
import { askPatiently, type KubernetesApi } from '../kubernetes/kubernetes-api.js';
import { pods } from '../kubernetes/objects/kube-shapes.js';
import { podReadiness } from '../kubernetes/readiness/pod-readiness.js';
import { nodePod } from './node-pod.js';
import { closedNode, podNode, type NodePlace } from './pod-node.js';

/** How long a node may take to start its pod, the image's way to it included. */
const startMs = 90_000;
const lookAgainMs = 200;
const checkMs = 10_000;

/**
 * Starts a pod on each node, beside each other, and gives the nodes in the order of their names. A node on which that fails is given as one that
 * says why to each command.
 */
export const openNodes = async (
  names: readonly string[],
  place: NodePlace,
  signal: AbortSignal,
): Promise<readonly Node[]> => {
  const { api, namespace, image } = place;
  const inTime = deadline(startMs, signal);
  const pods = names.map((node, index) => ({ node, name: `node-${index + 1}` }));
  const refused = new Map<string, string>();
  await Promise.all(
    pods.map(async ({ node, name }) => {
      try {
        await create(api, namespace, nodePod(namespace, name, node, image), inTime);
      } catch (error) {
        signal.throwIfAborted();
        refused.set(node, reasonOf(error));
      }
    }),
  );
  const waited = pods.filter(({ node }) => !refused.has(node)).map(({ name }) => name);
  const failures = await awaitPods(api, namespace, waited, inTime);
  signal.throwIfAborted();
  return Promise.all(
    pods.map(async ({ node, name }) => {
      const reason = refused.get(node) ?? failures.get(name);
      return reason === undefined ? checked(node, name, place, signal) : closedNode(node, reason, place);
    }),
  );
};

/** The service account of a new namespace comes a moment later; after a start of the control plane that takes its time. */
const create = (
  { client }: Pick<KubernetesApi, 'client'>,
  namespace: string,
  body: object,
  signal: AbortSignal,
): Promise<unknown> =>
  retried(
    () => client.ask({ method: 'POST', path: `/api/v1/namespaces/${namespace}/pods`, body }, signal),
    startMs,
    signal,
    (error) => error instanceof Error && /service ?account.*not found/i.test(error.message),
  );

/** Why each pod that does not run does not, by its name. */
const awaitPods = async (
  api: Pick<KubernetesApi, 'client' | 'explain'>,
  namespace: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> => {
  const request = { method: 'GET', path: `/api/v1/namespaces/${namespace}/pods`, answer: pods } as const;
  const isOver = () => signal.aborted;
  const reasons = new Map(names.map((name) => [name, 'its pod is not there']));
  const hopeless = new Set<string>();
  while (reasons.size > hopeless.size && !isOver()) {
    const listed = await askPatiently(api, request, 'listing the node pods', signal).catch(
      (error: unknown) => {
        if (isOver()) return [];
        throw error;
      },
    );
    for (const pod of listed) {
      const name = pod.metadata?.name ?? '';
      if (!reasons.has(name)) continue;
      const readiness = podReadiness(pod);
      switch (readiness.is) {
        case 'ready':
          reasons.delete(name);
          break;
        case 'pending':
          reasons.set(name, `its pod did not start in time: ${readiness.says}`);
          break;
        case 'hopeless':
          reasons.set(name, ['its pod', readiness.failure.says, ...readiness.failure.evidence].join(' '));
          hopeless.add(name);
      }
    }
    await sleep(lookAgainMs, undefined, { signal }).catch(() => undefined);
  }
  return reasons;
};

/** The node as one that commands run on, once one has. */
const checked = async (name: string, pod: string, place: NodePlace, signal: AbortSignal): Promise<Node> => {
  const node = podNode(name, pod, place);
  try {
    const { exitCode, stderr } = await node.exec({ argv: ['true'], timeoutMs: checkMs }, signal);
    return exitCode === 0
      ? node
      : closedNode(name, `\`true\` ended with ${exitCode}: ${stderr.trim()}`, place);
  } catch (error) {
    signal.throwIfAborted();
    return closedNode(name, reasonOf(error), place);
  }
};

const reasonOf = (error: unknown): string =>
  error instanceof NetclaimsError
    ? describeError(error).split('\n').slice(0, 2).join(' ')
    : error instanceof Error
      ? error.message
      : String(error);
