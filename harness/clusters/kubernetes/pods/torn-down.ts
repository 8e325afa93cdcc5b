import type { Node } from '../../../domain/cluster.js';
import type { PodObject } from '../objects/kube-types.js';
import type { RuntimeReader } from '../runtime/read-runtime.js';

/** The nodes of a cluster, and how to ask for what runs on them. */
export interface NodeAccess {
  readonly nodes: readonly Node[];
  readonly runtime: RuntimeReader;
}

const lookMs = 10_000;

/**
 * Which of the pods that are being deleted have nothing left on their node: no process, no network namespace. A server may keep the object much
 * longer (Kubernetes 1.20 until the next minute's round). Where a node cannot be asked, none of its pods counts.
 */
export const tornDown = async (
  pods: readonly PodObject[],
  namespace: string,
  { nodes, runtime }: NodeAccess,
  signal: AbortSignal,
): Promise<readonly PodObject[]> => {
  const ending = pods.filter(({ metadata }) => metadata?.deletionTimestamp !== undefined);
  const shares = await Promise.all(
    nodes.map(async (node) => {
      const own = ending.filter(({ spec }) => spec?.nodeName === node.name);
      if (own.length === 0) return [];
      const left = await usedOn(node, namespace, runtime, signal).catch(() => undefined);
      signal.throwIfAborted();
      return left === undefined ? [] : own.filter(({ metadata }) => !left.has(metadata?.uid ?? ''));
    }),
  );
  // What never came to a node has nothing there.
  return [...ending.filter(({ spec }) => spec?.nodeName === undefined), ...shares.flat()];
};

/** The uids of the pods that have a process or a network namespace on a node. */
const usedOn = async (
  node: Node,
  namespace: string,
  runtime: RuntimeReader,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> => {
  const { sandboxes, containers } = await runtime(node, namespace, signal);
  const paths = sandboxes.map(({ netnsPath }) => netnsPath).filter(Boolean);
  // Of those that are not there, ls complains on its other output.
  const listed =
    paths.length === 0
      ? ''
      : (await node.exec({ argv: ['ls', '-1d', ...paths], timeoutMs: lookMs }, signal)).stdout;
  // A sandbox on the node's own network has no path, and what it had goes with its process.
  const there = new Set(listed.split('\n').filter(Boolean));
  return new Set([
    ...containers.filter(({ state }) => state === 'running').map(({ podUid }) => podUid),
    ...sandboxes.filter(({ ready, netnsPath }) => ready || there.has(netnsPath)).map(({ podUid }) => podUid),
  ]);
};
