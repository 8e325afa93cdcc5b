import type { Cluster } from '../../domain/cluster.js';
import type { Fingerprint } from '../../domain/fingerprint.js';
import { compareNodes, fingerprintsOf, leftByPods, type TakeFingerprint } from './node-changes.js';
import type { Left } from './place.js';

/** Nodes that one world has to itself. */
export interface OwnNodes {
  readonly cluster: Cluster;
  /** Compares them with what they were before the world, whose pods are gone. */
  left(world: string): Promise<Left | undefined>;
  /** Gives them to the next world if `left` found them unchanged, and removes them otherwise. */
  release(): void;
}

/** Clones of a cluster, for worlds that read or change nodes. */
export interface OwnNodesPool {
  /** `fresh`: nodes that no world used before. @throws what the clone's boot throws */
  take(which: 'fresh' | 'unchanged'): Promise<OwnNodes>;
  /** Removes all of them. Gives the errors of those that could not be removed. */
  end(): Promise<readonly unknown[]>;
}

interface Clone {
  readonly cluster: Cluster;
  /** As no world was on it; undefined before they were wanted. */
  readonly fingerprints: readonly Fingerprint[] | undefined;
}

/** How many clones boot ahead of the worlds that take them. */
const mostAhead = 2;

/** How many worlds will take nodes at most, by what they want, and how many run beside each other: no clone is booted that nobody takes. */
export interface ExpectedWorlds {
  readonly fresh: number;
  readonly unchanged: number;
  readonly parallel: number;
}

export const openOwnNodes = (
  clone: (signal: AbortSignal) => Promise<Cluster>,
  take: TakeFingerprint,
  expected: ExpectedWorlds,
  signal: AbortSignal,
): OwnNodesPool => {
  const ahead: Promise<Clone>[] = [];
  const unchanged: Clone[] = [];
  const removals: Promise<void>[] = [];
  const errors: unknown[] = [];
  const toCome = { fresh: expected.fresh, unchanged: expected.unchanged };
  let inUse = 0;
  let ended = false;

  const boot = async (): Promise<Clone> => ({ cluster: await clone(signal), fingerprints: undefined });
  /** Nodes that are thrown away after a world may be as they are: nobody compares them. */
  const withFingerprints = async ({ cluster, fingerprints }: Clone): Promise<Clone> => {
    try {
      return { cluster, fingerprints: fingerprints ?? (await fingerprintsOf(cluster.nodes, take, signal)) };
    } catch (error) {
      remove(cluster);
      throw error;
    }
  };
  const remove = (cluster: Cluster): void => {
    const removal = async () => cluster[Symbol.asyncDispose]();
    removals.push(
      removal().catch((error: unknown) => {
        errors.push(error);
      }),
    );
  };
  /** Worlds that only read give their nodes on, so that there are never more of those than worlds beside each other. */
  const isWanted = (): boolean => {
    const here = ahead.length + unchanged.length;
    const forReaders = here < toCome.unchanged && inUse + here < expected.parallel;
    return ahead.length < mostAhead && (ahead.length < toCome.fresh || forReaders);
  };
  const bootAhead = (): void => {
    while (!ended && !signal.aborted && isWanted()) {
      const booting = boot();
      // Whoever takes it hears of it.
      booting.catch(() => undefined);
      ahead.push(booting);
    }
  };

  const ownNodes = ({ cluster, fingerprints }: Clone): OwnNodes => {
    let used: Clone | undefined;
    return {
      cluster,
      async left(world) {
        if (fingerprints === undefined) return undefined;
        const now = await fingerprintsOf(cluster.nodes, take, new AbortController().signal);
        const comparison = compareNodes(fingerprints, now);
        if (comparison.differences.length === 0) {
          if (comparison.unreadable.length === 0) used = { cluster, fingerprints: now };
          return undefined;
        }
        // Nobody else was there: whatever the world saw is its pods' and their plugin's doing.
        return { error: leftByPods(world, comparison), seen: false };
      },
      release() {
        inUse -= 1;
        if (used === undefined || ended || toCome.unchanged === 0) remove(cluster);
        else unchanged.push(used);
      },
    };
  };

  bootAhead();
  return {
    async take(which) {
      toCome[which] = Math.max(0, toCome[which] - 1);
      inUse += 1;
      try {
        const again = which === 'unchanged' ? unchanged.pop() : undefined;
        const taken = again ?? (await (ahead.shift() ?? boot()));
        bootAhead();
        return ownNodes(which === 'fresh' ? taken : await withFingerprints(taken));
      } catch (error) {
        inUse -= 1;
        throw error;
      }
    },
    async end() {
      ended = true;
      for (const booted of await Promise.allSettled(ahead.splice(0)))
        if (booted.status === 'fulfilled') remove(booted.value.cluster);
      for (const { cluster } of unchanged.splice(0)) remove(cluster);
      await Promise.all(removals);
      return errors;
    },
  };
};
