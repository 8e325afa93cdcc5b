import { setTimeout as sleep } from 'node:timers/promises';
import { deadline } from '../../../domain/deadline.js';
import { NetclaimsError } from '../../../domain/error.js';
import type { ApiClient } from '../../kubernetes/api/api-client.js';

/** What the API server says of a node. */
export interface NodeStatus {
  readonly name: string;
  readonly ready: boolean;
  /** Why it is not ready, in the kubelet's words. */
  readonly message: string;
}

interface NodeObject {
  readonly metadata: { readonly name: string };
  readonly status?: {
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly message?: string;
    }[];
  };
}

/** How long nodes are waited for, and what is said of those that are late. */
export interface Patience {
  readonly timeoutMs: number;
  /** What their own logs say. */
  readonly explain: (late: readonly string[]) => Promise<readonly string[]>;
}

/**
 * Follows the nodes until each of `names` is what is awaited of it. It is told by the server and asks for nothing twice; a connection that
 * breaks is made anew within the deadline.
 * @throws NetclaimsError `cluster/nodes-not-ready`, with what each node said last
 */
export const awaitNodes = async (
  client: ApiClient,
  names: readonly string[],
  awaited: (node: NodeStatus) => boolean,
  { timeoutMs, explain }: Patience,
  signal: AbortSignal,
): Promise<void> => {
  const seen = new Map<string, NodeStatus>();
  const done = new AbortController();
  const stop = deadline(timeoutMs, AbortSignal.any([signal, done.signal]));
  let trouble: unknown;
  const isDone = (name: string): boolean => {
    const node = seen.get(name);
    return node !== undefined && awaited(node);
  };
  const all = () => names.every(isDone);
  const onLine = (line: string) => {
    const { object } = JSON.parse(line) as {
      readonly object: NodeObject | { readonly metadata?: undefined };
    };
    if (object.metadata === undefined) return;
    const node = statusOf(object);
    seen.set(node.name, node);
    if (all()) done.abort();
  };
  while (!stop.aborted) {
    try {
      await client.follow(
        { method: 'GET', path: '/api/v1/nodes', query: { watch: 'true' }, timeoutMs },
        onLine,
        stop,
      );
    } catch (error) {
      trouble = error;
    }
    await sleep(100, undefined, { signal: stop }).catch(() => undefined);
  }
  signal.throwIfAborted();
  if (all()) return;
  const late = names.filter((name) => !isDone(name));
  throw new NetclaimsError({
    code: 'cluster/nodes-not-ready',
    what: `not every node was ready within ${timeoutMs / 1_000} s`,
    evidence: [
      ...late.map((name) => `${name}: ${seen.get(name)?.message ?? 'is not known to the API server'}`),
      ...(trouble instanceof Error && trouble.name !== 'AbortError'
        ? [`last error: ${trouble.message}`]
        : []),
      ...(await explain(late)),
    ],
    remedy:
      'check that the network (--cni) comes up on this node image; `--keep` leaves the cluster for inspection',
    cause: trouble,
  });
};

/** A node as its object says. A network plugin that is missing is told in the message of the condition Ready. */
export const statusOf = ({ metadata, status }: NodeObject): NodeStatus => {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  return {
    name: metadata.name,
    ready: ready?.status === 'True',
    message: ready?.message ?? 'its kubelet has not reported yet',
  };
};
