import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HeldLock, LockCluster, LockRequest } from '../../../domain/cluster-lock.js';
import { losableGround } from '../../../domain/ground.js';
import { clusterInUse, lockLost } from '../../in-use.js';
import type { KubernetesApi } from '../kubernetes-api.js';
import { leases, leaseSeconds, renewMs, type HeldLease, type Leases } from './lease.js';
import { ownerText, thisOwner } from './owner.js';

/** How often a run that waits looks again. */
const lookAgainMs = 500;

/** The lease of the run that is alone on the cluster. */
const aloneName = 'netclaims-alone';

const always = new AbortController().signal;

/**
 * A lock of Leases, which all runs on a cluster see. A run that shares the cluster says so in a lease of its own and then looks whether another is
 * alone; one that wants to be alone takes that lease and then looks who shares. Whichever comes second sees the first.
 */
export const leaseLock =
  (api: Pick<KubernetesApi, 'client' | 'explain'>, renewEveryMs = renewMs): LockCluster =>
  async (request, signal) => {
    const owner = await thisOwner();
    const all = leases(api, owner);
    const renew: Renew = (taken, shared) => keepRenewing(all, taken, shared, renewEveryMs);
    const waiting = waitFor(request, signal);
    return request.mode === 'alone'
      ? takeAlone(all, ownerText(owner), renew, waiting, signal)
      : takeShared(all, renew, waiting, signal);
  };

/** Waits a little for a holder, who is told of once. */
type Wait = (holder: HeldLease) => Promise<void>;

/** Holds a lease by renewing it. */
type Renew = (taken: HeldLease, shared: boolean) => HeldLock;

const waitFor = ({ wait, onWait }: LockRequest, signal: AbortSignal): Wait => {
  const told = new Set<string>();
  return async ({ holder }) => {
    if (!wait) throw clusterInUse(holder);
    if (!told.has(holder)) onWait(holder);
    told.add(holder);
    await sleep(lookAgainMs, undefined, { signal });
  };
};

const takeAlone = async (
  all: Leases,
  self: string,
  renew: Renew,
  wait: Wait,
  signal: AbortSignal,
): Promise<HeldLock> => {
  const taken = await firstFree(all, wait, signal);
  const held = renew(taken, false);
  try {
    for (;;) {
      const others = (await all.shared(signal)).filter(({ owner }) => owner !== self);
      const holder = others.find(({ expired }) => !expired);
      if (holder === undefined) return held;
      await wait(holder);
    }
  } catch (error) {
    await held[Symbol.asyncDispose]();
    throw error;
  }
};

const firstFree = async (all: Leases, wait: Wait, signal: AbortSignal): Promise<HeldLease> => {
  for (;;) {
    const current = await all.get(aloneName, signal);
    if (current !== undefined && !current.expired) {
      await wait(current);
      continue;
    }
    const taken =
      current === undefined
        ? await all.create(aloneName, false, signal)
        : await all.put(aloneName, false, current.version, signal);
    if (taken !== undefined) return taken;
  }
};

const takeShared = async (all: Leases, renew: Renew, wait: Wait, signal: AbortSignal): Promise<HeldLock> => {
  for (;;) {
    const alone = async () => {
      const lease = await all.get(aloneName, signal);
      return lease?.expired === false ? lease : undefined;
    };
    const before = await alone();
    if (before !== undefined) {
      await wait(before);
      continue;
    }
    const name = `netclaims-shared-${randomBytes(6).toString('hex')}`;
    const taken = await all.create(name, true, signal);
    if (taken === undefined) continue;
    const held = renew(taken, true);
    try {
      const other = await alone();
      if (other === undefined) return held;
      await held[Symbol.asyncDispose]();
      await wait(other);
    } catch (error) {
      await held[Symbol.asyncDispose]();
      throw error;
    }
  }
};

/** Renews a lease until it is disposed of, which removes it. */
const keepRenewing = (all: Leases, taken: HeldLease, shared: boolean, everyMs: number): HeldLock => {
  const over = new AbortController();
  const { ground, lose } = losableGround();
  const lost = (why: string): void => {
    if (!over.signal.aborted)
      lose(lockLost(why, 'check that the Kubernetes API answers in time, and run again'));
  };
  let { version } = taken;
  const renewing = async (): Promise<void> => {
    let renewedAt = performance.now();
    for (;;) {
      await sleep(everyMs, undefined, { signal: over.signal, ref: false });
      // An API that does not answer for a moment has until the lease ends.
      const next = await all.put(taken.name, shared, version, over.signal).catch(() => 'no answer' as const);
      if (next === undefined) lost('another run has taken its lease');
      else if (next !== 'no answer') {
        version = next.version;
        renewedAt = performance.now();
      }
      if (performance.now() - renewedAt > leaseSeconds * 1_000)
        lost('its lease could not be renewed in time');
    }
  };
  const renewed = renewing().catch(() => undefined);
  let disposed: Promise<void> | undefined;
  const dispose = async () => {
    over.abort();
    await renewed;
    await all.remove(taken.name, version, always);
  };
  return { ground, [Symbol.asyncDispose]: () => (disposed ??= dispose()) };
};
