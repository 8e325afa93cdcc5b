import type { Cluster, World } from '../../domain/cluster.js';
import type { LockRequest } from '../../domain/cluster-lock.js';
import type { WatchedGround } from './watch-ground.js';

/**
 * A cluster on a ground: when that is lost, whatever is being done on the cluster fails at once and says what is gone, rather than waiting
 * for an API server that will not answer any more. Disposing of it ends the watch, too.
 */
export const guardCluster = (cluster: Omit<Cluster, 'ground'>, ground: WatchedGround): Cluster => {
  const { lost } = ground;
  const whenLost = new Promise<never>((_, reject) => {
    lost.addEventListener('abort', () => reject(lost.reason as Error), { once: true });
  });
  // It is raced against, and otherwise nobody waits for it.
  whenLost.catch(() => undefined);
  const detect = cluster.detect?.bind(cluster);
  const lock = cluster.lock?.bind(cluster);
  const settled = cluster.settled?.bind(cluster);
  const guarded = async <T>(work: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> => {
    signal?.throwIfAborted();
    lost.throwIfAborted();
    const stop = signal === undefined ? lost : AbortSignal.any([signal, lost]);
    try {
      return await Promise.race([work(stop), whenLost]);
    } catch (error) {
      signal?.throwIfAborted();
      lost.throwIfAborted();
      throw error;
    }
  };

  const guardWorld = (world: World): World => ({
    namespace: world.namespace,
    apply: (manifests, signal) => guarded((stop) => world.apply(manifests, stop), signal),
    delete: (target, signal) => guarded((stop) => world.delete(target, stop), signal),
    pods: (signal) => guarded((stop) => world.pods(stop), signal),
    describe: (signal) => guarded((stop) => world.describe(stop), signal),
    exec: (target, command, signal) => guarded((stop) => world.exec(target, command, stop), signal),
    replayExec: (target, argv) => world.replayExec(target, argv),
    restart: (target, signal) => guarded((stop) => world.restart(target, stop), signal),
    changed: (atMostMs, signal) => guarded((stop) => world.changed(atMostMs, stop), signal),
    // Also on a cluster that is lost: what watches the world from here ends with it. Only waiting for an answer makes no sense then.
    [Symbol.asyncDispose]: () => Promise.race([dispose(world), whenLost]),
  });

  return {
    facts: cluster.facts,
    ground,
    nodes: cluster.nodes.map((node) => ({
      name: node.name,
      exec: (command, signal) => guarded((stop) => node.exec(command, stop), signal),
      replay: (command) => node.replay(command),
    })),
    ...(cluster.kubeconfig === undefined ? {} : { kubeconfig: cluster.kubeconfig }),
    refusals: (manifest) => cluster.refusals(manifest),
    supports: (manifest) => cluster.supports(manifest),
    ...(detect === undefined
      ? {}
      : {
          detect: (wanted: readonly string[], signal: AbortSignal) =>
            guarded(async (stop) => detect(wanted, stop), signal),
        }),
    ...(lock === undefined
      ? {}
      : {
          lock: (request: LockRequest, signal: AbortSignal) => guarded((stop) => lock(request, stop), signal),
        }),
    ...(settled === undefined
      ? {}
      : { settled: (signal: AbortSignal) => guarded(async (stop) => settled(stop), signal) }),
    openWorld: async (namespace) => {
      lost.throwIfAborted();
      const opening = cluster.openWorld(namespace);
      try {
        return guardWorld(await guarded(() => opening));
      } catch (error) {
        // One that opens after all has nobody who would end it.
        opening.then(dispose).catch(() => undefined);
        throw error;
      }
    },
    async [Symbol.asyncDispose]() {
      await ground[Symbol.asyncDispose]();
      try {
        await cluster[Symbol.asyncDispose]();
      } catch (error) {
        // That the cluster is lost has been told; that it does not answer is nothing new.
        if (!lost.aborted) throw error;
      }
    },
  };
};

/** Ends a world; when nobody waits for that any more, its failure is nobody's. */
const dispose = (world: World): Promise<void> => {
  const disposed = (async () => world[Symbol.asyncDispose]())();
  disposed.catch(() => undefined);
  return disposed;
};
