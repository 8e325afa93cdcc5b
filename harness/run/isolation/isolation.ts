import type { Cluster } from '../../domain/cluster.js';
import type { LockRequest } from '../../domain/cluster-lock.js';
import type { Touches } from '../../domain/footprint.js';
import type { TakeFingerprint } from './node-changes.js';
import { openOwnNodes, type OwnNodesPool } from './own-nodes.js';
import { madeLike } from './made-like.js';
import type { Place } from './place.js';
import { openSharedNodes, type Leftovers, type SharedNodes } from './shared-nodes.js';
import { openSlots, type Slots } from './slots.js';

/** Gives each world a place according to its footprint. */
export interface Isolation {
  /** Does the work once the world has its place. */
  inPlace<T>(world: string, touches: Touches, work: (place: Place) => Promise<T>): Promise<T>;
  /** Removes the nodes that were made for single worlds, and gives what worlds left on the others. */
  end(): Promise<Leftovers & { readonly errors: readonly unknown[] }>;
}

export interface IsolationOptions {
  readonly parallel: number;
  readonly take: TakeFingerprint;
  readonly lock: Pick<LockRequest, 'wait' | 'onWait'>;
  /** The footprints of the worlds that will be run. */
  readonly touches: readonly Touches[];
}

/**
 * Where clusters can be cloned, worlds that touch nodes get a clone each, beside all others. Elsewhere they have the nodes to themselves once
 * all worlds are done that touch none, and so they have where no clone can be made.
 */
export const openIsolation = (
  cluster: Cluster,
  options: IsolationOptions,
  signal: AbortSignal,
): Isolation => {
  const { parallel, take, lock, touches } = options;
  const shared = openSharedNodes(cluster, take, lock);
  const slots = openSlots(parallel);
  const count = (which: Touches) => touches.filter((each) => each === which).length;
  const expected = { fresh: count('changes-nodes'), unchanged: count('reads-nodes'), parallel };
  const pool =
    cluster.clone === undefined ? undefined : openOwnNodes(clonesOf(cluster), take, expected, signal);

  return {
    inPlace(world, footprint, work) {
      if (footprint === 'none')
        return shared.beside(world, (place) => slots.inSlot('none', () => work(place)));
      if (pool === undefined) return shared.alone(world, footprint, work);
      return onOwnNodes(world, footprint, work, { pool, shared, slots });
    },
    async end() {
      const errors = (await pool?.end()) ?? [];
      const { errors: ofShared, ...leftovers } = await shared.end();
      return { ...leftovers, errors: [...errors, ...ofShared] };
    },
  };
};

const clonesOf =
  (cluster: Cluster) =>
  async (signal: AbortSignal): Promise<Cluster> => {
    const clone = await cluster.clone?.(signal);
    if (clone === undefined) throw new Error('this cluster cannot be cloned');
    return madeLike(cluster, clone);
  };

const onOwnNodes = async <T>(
  world: string,
  touches: 'reads-nodes' | 'changes-nodes',
  work: (place: Place) => Promise<T>,
  { pool, shared, slots }: OwnNodesTools,
): Promise<T> => {
  const end = await slots.inSlot(touches, async () => {
    const nodes = await pool.take(touches === 'changes-nodes' ? 'fresh' : 'unchanged').catch(noClone);
    if (nodes === undefined) return undefined;
    const place: Place = {
      enter: () => Promise.resolve(nodes.cluster),
      // Nodes that are thrown away may be as they are.
      left: async () => (touches === 'changes-nodes' ? undefined : nodes.left(world)),
      kept: () => undefined,
    };
    try {
      return { result: await work(place) };
    } finally {
      nodes.release();
    }
  });
  return end === undefined ? shared.alone(world, touches, work) : end.result;
};

interface OwnNodesTools {
  readonly pool: OwnNodesPool;
  readonly shared: SharedNodes;
  readonly slots: Slots;
}

/** Without nodes of its own a world waits for all others, which is slower and as good. */
const noClone = (): undefined => undefined;
