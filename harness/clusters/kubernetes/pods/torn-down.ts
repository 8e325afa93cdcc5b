import type { Node } from '../../../domain/cluster.js';
import type { PodObject } from '../objects/kube-types.js';
import type { RuntimeReader } from '../runtime/read-runtime.js';
import type { RuntimeRecords } from '../runtime/runtime-record.js';

/** The nodes of a cluster, and how to ask for what runs on them. */
export interface NodeAccess {
  readonly nodes: readonly Node[];
  readonly runtime: RuntimeReader;
}

/** How long a node is given to answer, over what it waits. */
const answerMs = 10_000;

/** Waits until none of its arguments is a file any more, three seconds at most, and prints those that are. A look costs no process, to ask anew costs many. */
const leftScript = `
tries=30
while :; do
  left=
  for path in "$@"; do
    [ ! -e "$path" ] || left="$left$path
"
  done
  [ -n "$left" ] && [ $tries -gt 0 ] || break
  tries=$((tries - 1))
  sleep 0.1
done
printf %s "$left"
`;

/**
 * Which of the pods that are being deleted have nothing left on their node: no process, no network namespace. A server may keep the object much
 * longer (Kubernetes 1.20 until the next minute's round). It is waited on the node for what is left, a few seconds at most. Where a node cannot be
 * asked, none of its pods counts.
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
      const uids = new Set(own.map(({ metadata }) => metadata?.uid ?? ''));
      const left = await runtime(node, namespace, signal)
        .then((records) => tracesOf(records).filter(({ podUid }) => uids.has(podUid)))
        .then((traces) => stillThere(node, traces, signal))
        .catch(() => undefined);
      signal.throwIfAborted();
      return left === undefined ? [] : own.filter(({ metadata }) => !left.has(metadata?.uid ?? ''));
    }),
  );
  // What never came to a node has nothing there.
  return [...ending.filter(({ spec }) => spec?.nodeName === undefined), ...shares.flat()];
};

/** A file that is on a node as long as something of a pod is: of a process, its folder in /proc. */
interface Trace {
  readonly podUid: string;
  readonly path: string;
}

/** A sandbox on the node's own network has no namespace to go, and what it had goes with its process. */
const tracesOf = ({ sandboxes, containers }: RuntimeRecords): readonly Trace[] => [
  ...containers.filter(({ state }) => state === 'running').map(processTrace),
  ...sandboxes.filter(({ ready }) => ready).map(processTrace),
  ...sandboxes.flatMap(({ podUid, netnsPath }) => (netnsPath === '' ? [] : [{ podUid, path: netnsPath }])),
];

/** A process that is not told is not gone: /proc itself always is there. */
const processTrace = ({ podUid, pid }: { readonly podUid: string; readonly pid: number }): Trace => ({
  podUid,
  path: pid > 0 ? `/proc/${pid}` : '/proc',
});

/** The uids of the pods that have a trace left. */
const stillThere = async (
  node: Node,
  traces: readonly Trace[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> => {
  if (traces.length === 0) return new Set();
  const argv = ['sh', '-c', leftScript, 'netclaims-left', ...traces.map(({ path }) => path)];
  const { exitCode, stdout } = await node.exec({ argv, timeoutMs: answerMs }, signal);
  if (exitCode !== 0) throw new Error(`the node could not look: exit code ${exitCode}`);
  const left = new Set(stdout.split('\n'));
  return new Set(traces.filter(({ path }) => left.has(path)).map(({ podUid }) => podUid));
};
