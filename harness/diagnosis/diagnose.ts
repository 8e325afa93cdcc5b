import type { Artifact } from '../domain/artifact.js';
import { deadline } from '../domain/deadline.js';
import type { Node, World } from '../domain/cluster.js';
import { describeError } from '../domain/error.js';
import type { PodRecord } from '../domain/pod-record.js';
import { askNode } from './ask-node.js';

/** How long each question of a diagnosis may take. */
const questionMs = 20_000;

/** A world that did not go as it had to. */
export interface Subject {
  readonly namespace: string;
  /** undefined when it could not be opened. */
  readonly world: World | undefined;
  readonly nodes: readonly Node[];
  /** When it was opened. */
  readonly sinceMs: number;
}

export interface Findings {
  readonly artifacts: readonly Artifact[];
  /** What could not be found out. */
  readonly notes: readonly string[];
}

/**
 * Finds out what cluster, nodes and pods say of themselves, by one command on each node, all beside each other. Never throws: what could not be
 * found out is told.
 */
export const diagnose = async (
  { namespace, world, nodes, sinceMs }: Subject,
  signal: AbortSignal,
): Promise<Findings> => {
  const notes: string[] = [];
  const attempt = async <T>(
    what: string,
    nothing: T,
    work: (stop: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    try {
      return await work(deadline(questionMs, signal));
    } catch (error) {
      notes.push(`${what} could not be read: ${describeError(error)}`);
      return nothing;
    }
  };
  const pods = await attempt<readonly PodRecord[]>(
    'the pods',
    [],
    async (stop) => (await world?.pods(stop)) ?? [],
  );
  const told = attempt<readonly Artifact[]>(
    'what the cluster says of the pods',
    [],
    async (stop) => (await world?.describe(stop)) ?? [],
  );
  const asked = nodes.map((node) => {
    const own = pods.filter((pod) => pod.node === node.name);
    const question = { namespace, sinceMs, pods: own, timeoutMs: questionMs };
    return attempt<readonly Artifact[]>(`node ${node.name}`, [], (stop) => askNode(node, question, stop));
  });
  const records: Artifact = { name: 'pods', content: JSON.stringify(pods, undefined, 2), keep: 'beginning' };
  const found = (await Promise.all([told, ...asked])).flat();
  return { artifacts: pods.length === 0 ? found : [records, ...found], notes };
};
