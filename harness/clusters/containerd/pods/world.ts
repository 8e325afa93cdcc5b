import type { World } from '../../../domain/cluster.js';
import { NetclaimsError } from '../../../domain/error.js';
import { createChanges } from '../../changes.js';
import { watchGround } from '../../ground/watch-ground.js';
import { allDone } from '../../../domain/all-done.js';
import { readPods } from './admit-pods.js';
import { openNodeWorld, type NodeDependencies, type NodeWorld } from './node-world.js';
import { placePods, type PlacedPod } from './place-pods.js';
import type { PodManifest } from './pod-manifest.js';
import type { PodAbilities } from './pod-rules.js';

/** What a world needs of the cluster. */
export interface WorldDependencies {
  readonly nodes: readonly NodeDependencies[];
  readonly abilities: PodAbilities;
}

/**
 * Opens a namespace on all nodes of a cluster. What an earlier world of that name left there is removed first.
 * @throws NetclaimsError `cluster/cri-…`, `cluster/cleanup`
 */
export const openWorld = async (
  { nodes, abilities }: WorldDependencies,
  namespace: string,
): Promise<World> => {
  const changes = createChanges();
  const parts = new Map<string, NodeWorld>();
  const disposeAll = async (): Promise<void> => {
    await allDone([...parts.values()].map(async (part) => part[Symbol.asyncDispose]()));
  };
  const open = async (dependencies: NodeDependencies) =>
    void parts.set(dependencies.node.name, await openNodeWorld(dependencies, namespace, changes));
  await allDone(nodes.map(open)).catch(async (error: unknown) => {
    await disposeAll().catch(() => undefined);
    throw error;
  });
  const ground = watchGround([...parts.values()].map((part) => part.footing));
  const names = nodes.map(({ node }) => node.name);
  const lost = AbortSignal.any([...parts.values()].map((part) => part.lost));

  /** In the order in which they were applied. */
  let placed: readonly PlacedPod[] = [];
  const partOf = (node: string): NodeWorld => {
    const part = parts.get(node);
    if (part === undefined) throw new TypeError(`there is no node ${node}`);
    return part;
  };
  const partWith = (pod: string): NodeWorld => {
    const found = placed.find((one) => one.pod.name === pod);
    if (found !== undefined) return partOf(found.node);
    throw new NetclaimsError({
      code: 'pod/not-found',
      what: `there is no pod ${pod}`,
      evidence: [`pods of ${namespace}: ${placed.map((one) => one.pod.name).join(', ') || 'none'}`],
      remedy: 'name a pod of the manifests that no earlier step deleted',
    });
  };

  return {
    namespace,
    ground,

    async apply(manifests, signal) {
      lost.throwIfAborted();
      const wanted = readPods(
        manifests,
        placed.map(({ pod }) => pod),
        abilities,
      );
      const running = new Set(placed.map(({ pod }) => pod.name));
      placed = [
        ...placed,
        ...placePods(
          wanted.filter(({ name }) => !running.has(name)),
          placed,
          names,
        ),
      ];
      const nodeOf = ({ name }: PodManifest) => placed.find(({ pod }) => pod.name === name)?.node;
      const shares = names.map((node) => ({
        part: partOf(node),
        pods: wanted.filter((pod) => nodeOf(pod) === node),
      }));
      await runAll(
        shares.filter(({ pods }) => pods.length > 0),
        signal,
      );
    },

    async delete({ kind, name }, signal) {
      if (kind !== 'Pod') {
        throw new NetclaimsError({ code: 'pod/not-found', what: `this cluster has no ${kind}, only pods` });
      }
      await partWith(name).delete(name, signal);
      placed = placed.filter(({ pod }) => pod.name !== name);
    },

    async pods(signal) {
      const records = (await Promise.all([...parts.values()].map((part) => part.pods(signal)))).flat();
      return placed.flatMap(({ pod }) => records.filter(({ name }) => name === pod.name));
    },

    describe: async (signal) =>
      (await Promise.all([...parts.values()].map((part) => part.describe(signal)))).flat(),

    exec: async (target, command, signal) => partWith(target.pod).exec(target, command, signal),
    replayExec: (target, argv) => partWith(target.pod).replayExec(target, argv),
    restart: async (target, signal) => partWith(target.pod).restart(target, signal),
    changed: (atMostMs, signal) => changes.next(atMostMs, AbortSignal.any([signal, lost])),
    async [Symbol.asyncDispose]() {
      await ground[Symbol.asyncDispose]();
      await disposeAll();
    },
  };
};

/** Runs pods, each on its node, and waits for none any more once one of them cannot become ready. */
const runAll = async (
  shares: readonly { readonly part: NodeWorld; readonly pods: readonly PodManifest[] }[],
  signal: AbortSignal,
): Promise<void> => {
  const failed = new AbortController();
  const runs = shares.map(({ part, pods }) =>
    part.run(pods, AbortSignal.any([signal, failed.signal])).catch((error: unknown) => {
      failed.abort(error);
      throw error;
    }),
  );
  await Promise.allSettled(runs);
  // The one that made the others stop is told of; of several that ran out of time, the first in the nodes' order.
  if (!signal.aborted) failed.signal.throwIfAborted();
  await allDone(runs);
};
