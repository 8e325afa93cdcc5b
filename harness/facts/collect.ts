import type { Node } from '../domain/cluster.js';
import { wordsOf } from '../domain/error.js';
import type { Facts } from '../domain/fact-types.js';
import type { Observation } from '../domain/observation.js';
import type { PodRecord } from '../domain/pod-record.js';
import { askNode } from './ask-node.js';
import { nodeFacts } from './node-facts.js';
import { readNode } from './node-reading.js';
import { podFacts } from './pod-facts.js';
import { podPlace } from './pod-place.js';
import { noReadings, readingsOf, type Readings, type ReadingsRecord } from './readings.js';

/** Whose facts are read. */
export interface Subjects {
  readonly pods: readonly PodRecord[];
  readonly nodes: readonly Node[];
  readonly cluster: Facts<'Cluster'>;
}

export interface CollectOptions {
  /** For the one command of each node; 30 seconds where none is given. */
  readonly timeoutMs?: number;
}

/**
 * Reads all facts once, by one command on each node, the nodes beside each other. What could not be read is `Unreadable` in its
 * place, with the reason; a node that cannot be asked at all makes its facts, and what its pods have there, unreadable.
 * @throws the signal's reason when it is aborted, and nothing else
 */
export const collect = async (
  name: string,
  { pods, nodes, cluster }: Subjects,
  { timeoutMs = 30_000 }: CollectOptions,
  signal: AbortSignal,
): Promise<Observation> => {
  signal.throwIfAborted();
  const at = new Date().toISOString();
  const begun = performance.now();
  const shares = await Promise.all(
    nodes.map(async (node) => {
      const own = pods.filter((pod) => pod.node === node.name);
      return shareOf(node.name, own, await ask(node, own, { timeoutMs, at }, signal));
    }),
  );
  signal.throwIfAborted();
  const nowhere = pods.filter((pod) => nodes.every((node) => node.name !== pod.node)).map(shareOfNoNode);
  return {
    name,
    at,
    durationMs: Math.round(performance.now() - begun),
    pods: Object.fromEntries([...shares, ...nowhere].flatMap((share) => [...share.pods])),
    nodes: Object.fromEntries(shares.map(({ name: node, facts }) => [node, facts])),
    cluster,
    ...joined(shares.map(({ record }) => record)),
  };
};

const ask = async (
  node: Node,
  pods: readonly PodRecord[],
  { timeoutMs, at }: { readonly timeoutMs: number; readonly at: string },
  signal: AbortSignal,
): Promise<Readings> => {
  try {
    return readingsOf(node, await askNode(node, pods, timeoutMs, signal), at);
  } catch (error) {
    return noReadings(wordsOf(error));
  }
};

/** What one node's answers give. */
interface Share {
  readonly name: string;
  readonly facts: Facts<'Node'>;
  readonly pods: ReadonlyMap<string, Facts<'Pod'>>;
  readonly record: ReadingsRecord;
}

const shareOf = (node: string, pods: readonly PodRecord[], readings: Readings): Share => {
  const reading = readNode(node, readings);
  const placed = pods.map((pod) => ({ pod, place: podPlace(pod, reading, readings) }));
  const places = placed.map(({ place }) => place).filter(({ where }) => where === 'pod');
  return {
    name: node,
    facts: nodeFacts(node, reading, places, readings),
    pods: new Map(
      placed.map(({ pod, place }) => [pod.name, podFacts(pod, place, reading, places, readings)]),
    ),
    record: readings.record(),
  };
};

const shareOfNoNode = (pod: PodRecord): Share => {
  const node = pod.node === '' ? 'no node' : `node ${pod.node}, which this cluster does not have`;
  return shareOf(pod.node, [pod], noReadings(`pod ${pod.name} is on ${node}`));
};

/** The records of several nodes as one, in the nodes' order. */
const joined = (records: readonly ReadingsRecord[]): ReadingsRecord => {
  const evidence = records.flatMap((record) => record.evidence);
  const sources: Record<string, number> = {};
  let before = 0;
  for (const record of records) {
    for (const [path, index] of Object.entries(record.sources)) sources[path] = before + index;
    before += record.evidence.length;
  }
  return { evidence, sources };
};
