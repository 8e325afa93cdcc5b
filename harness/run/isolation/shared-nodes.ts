import type { Cluster } from '../../domain/cluster.js';
import type { HeldLock, LockRequest } from '../../domain/cluster-lock.js';
import { NetclaimsError } from '../../domain/error.js';
import { known as asError } from '../../domain/failure.js';
import type { Fingerprint } from '../../domain/fingerprint.js';
import {
  changedBefore,
  compareNodes,
  fingerprintsOf,
  leftBehind,
  leftByPods,
  leftBetween,
  type TakeFingerprint,
} from './node-changes.js';
import { madeLike } from './made-like.js';
import type { Place } from './place.js';
import { openTurns } from './turns.js';
import { whileHeld } from './under-lock.js';

/** The nodes of a run's cluster, which all its worlds use unless they have nodes of their own. */
export interface SharedNodes {
  /** A place beside other worlds that touch no node. */
  beside<T>(world: string, work: (place: Place) => Promise<T>): Promise<T>;
  /** A place in which no other world is on the nodes. */
  alone<T>(
    world: string,
    touches: 'reads-nodes' | 'changes-nodes',
    work: (place: Place) => Promise<T>,
  ): Promise<T>;
  /** Gives what worlds left that were not alone, and what could not be compared. */
  end(): Promise<Leftovers & { readonly errors: readonly unknown[] }>;
}

export interface Leftovers {
  readonly left: readonly NetclaimsError[];
  /** Parts of nodes that could not be compared, with the reason. */
  readonly notCompared: readonly string[];
}

const never = new AbortController().signal;

export const openSharedNodes = (
  cluster: Cluster,
  take: TakeFingerprint,
  lock: Pick<LockRequest, 'wait' | 'onWait'>,
): SharedNodes => {
  const turns = openTurns();
  /** `cluster`, or the one that took its place last. */
  let current = cluster;
  const errors: unknown[] = [];
  const left: NetclaimsError[] = [];
  const notCompared = new Set<string>();
  /** As nobody was on the nodes; undefined as long as that was never seen. */
  let known: readonly Fingerprint[] | undefined;
  let since: string[] = [];
  let changed: NetclaimsError | undefined;
  const kept: string[] = [];
  let besides = 0;
  let begun: Promise<HeldLock | undefined> | undefined;

  const fingerprints = (signal: AbortSignal) => fingerprintsOf(current.nodes, take, signal);

  /** Nobody is on the nodes: sees what those did who were there since the last time. */
  const look = async (signal: AbortSignal): Promise<readonly Fingerprint[]> => {
    if (known === undefined) await current.settled?.(signal);
    const now = await fingerprints(signal);
    if (known !== undefined) {
      const comparison = compareNodes(known, now);
      comparison.unreadable.forEach((part) => notCompared.add(part));
      if (comparison.differences.length > 0) {
        const error = leftBetween(since, comparison);
        left.push(error);
        changed = error;
      }
    }
    known = now;
    since = [];
    return now;
  };

  /** Looks only if no other run is on the cluster now. Without a look, nothing is said of what comes before the next one. */
  const lookIfAlone = async (): Promise<void> => {
    try {
      const held = await cluster.lock?.({ mode: 'alone', wait: false, onWait: lock.onWait }, never);
      try {
        await look(never);
      } finally {
        await held?.[Symbol.asyncDispose]();
      }
    } catch (error) {
      known = undefined;
      notCompared.add(`the nodes: ${error instanceof Error ? error.message : String(error)}`);
    }
  };

  /** The first of several worlds beside each other takes the lock for all of them. */
  const beginBeside = async (signal: AbortSignal): Promise<HeldLock | undefined> => {
    if (known === undefined) await lookIfAlone();
    return cluster.lock?.({ mode: 'shared', ...lock }, signal);
  };

  /** Removes the cluster that took the place of the first one, which is its owner's to remove. */
  const removeReplacement = async (): Promise<void> => {
    if (current === cluster) return;
    try {
      await current[Symbol.asyncDispose]();
    } catch (error) {
      errors.push(error);
    }
  };

  /** Nodes as no world changed them. Gives whether there are such. */
  const replaced = async (signal: AbortSignal): Promise<boolean> => {
    if (cluster.replacement === undefined) return false;
    const made = await cluster.replacement(signal);
    await removeReplacement();
    current = madeLike(cluster, made);
    known = undefined;
    changed = undefined;
    return true;
  };

  const keep = (namespace: string) => void kept.push(namespace);

  /** A lock that stays keeps other runs waiting, but changes nothing about the worlds that had it. */
  const release = async (held: HeldLock | undefined): Promise<void> => {
    try {
      await held?.[Symbol.asyncDispose]();
    } catch (error) {
      left.push(asError(error));
    }
  };

  return {
    async beside(world, work) {
      const endTurn = await turns.beside();
      besides += 1;
      const place: Place = {
        async enter(signal) {
          begun ??= beginBeside(signal);
          const held = await begun;
          since.push(world);
          return whileHeld(current, held);
        },
        left: () => Promise.resolve(undefined),
        kept: keep,
      };
      try {
        return await work(place);
      } finally {
        besides -= 1;
        if (besides === 0) {
          const held = await begun?.catch(() => undefined);
          begun = undefined;
          await release(held);
        }
        endTurn();
      }
    },

    async alone(world, touches, work) {
      const endTurn = await turns.alone();
      let held: HeldLock | undefined;
      let before: readonly Fingerprint[] | undefined;
      const seen = { after: false };
      const place: Place = {
        async enter(signal) {
          held = await cluster.lock?.({ mode: 'alone', ...lock }, signal);
          if (kept.length > 0) throw worldsAreKept(kept);
          if (changed === undefined) before = await look(signal);
          if (changed !== undefined) {
            if (!(await replaced(signal))) throw changedBefore(changed);
            before = await look(signal);
          }
          return whileHeld(current, held);
        },
        async left() {
          const now = await fingerprints(never);
          const comparison = compareNodes(before ?? now, now);
          known = now;
          seen.after = true;
          comparison.unreadable.forEach((part) => notCompared.add(part));
          if (comparison.differences.length === 0) return undefined;
          const byPods = touches === 'reads-nodes' && (comparison.onlyOfPods || cluster.lock === undefined);
          changed = byPods ? leftByPods(world, comparison) : leftBehind(world, touches, comparison);
          // Nodes that are replaced may be as they are.
          if (cluster.replacement !== undefined && touches === 'changes-nodes' && !comparison.onlyOfPods)
            return undefined;
          return { error: changed, seen: touches === 'reads-nodes' && !byPods };
        },
        kept: keep,
      };
      try {
        return await work(place);
      } finally {
        if (before !== undefined && !seen.after && kept.length === 0) {
          known = undefined;
          changed = notSeenAfter(world);
        }
        await release(held);
        endTurn();
      }
    },

    async end() {
      if (since.length > 0 && kept.length === 0 && known !== undefined) await lookIfAlone();
      await removeReplacement();
      return { left, notCompared: [...notCompared].toSorted(), errors };
    },
  };
};

const notSeenAfter = (world: string): NetclaimsError =>
  new NetclaimsError({
    code: 'node/not-compared',
    what: `${world} could not be removed, or its nodes could not be compared after it`,
  });

const worldsAreKept = (namespaces: readonly string[]): NetclaimsError =>
  new NetclaimsError({
    code: 'node/kept-world',
    what: `worlds that were kept are still on these nodes: ${namespaces.join(', ')}`,
    remedy: 'run this scenario alone, or without --keep',
  });
