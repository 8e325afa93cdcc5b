import type { Engine, Resource } from '../engine/engine.js';
import { recordsAmong } from './cluster-record.js';
import { ownLabels } from './labels.js';
import { ownerState, parseOwner, type Owner, type OwnerState } from './owner.js';
import { ownResources, removeCluster } from './remove-cluster.js';

/** Removes from the engine what processes left that ended without cleaning up. */
export const sweepEngine = async (engine: Engine, self: Owner, signal: AbortSignal): Promise<void> => {
  const ids = await abandoned(await ownResources(engine, undefined, signal), (owner) =>
    ownerState(owner, self),
  );
  for (const id of ids) await removeCluster(engine, id, signal);
};

/**
 * The ids of the clusters that nobody will remove: not those of a living owner, nor of one that cannot be asked from here, nor those that
 * are made and to be kept. What has no label that can be read is left alone.
 */
export const abandoned = async (
  resources: readonly Resource[],
  stateOf: (owner: Owner) => Promise<OwnerState>,
): Promise<readonly string[]> => {
  const kept = new Set(recordsAmong(resources).flatMap(({ id, life }) => (life === 'kept' ? [id] : [])));
  const owners = new Map(
    resources.flatMap(({ labels }) => {
      const id = labels[ownLabels.id];
      const owner = parseOwner(labels[ownLabels.owner] ?? '');
      return id === undefined || owner === undefined || kept.has(id) ? [] : [[id, owner] as const];
    }),
  );
  const states = await Promise.all(
    [...owners].map(async ([id, owner]) => [id, await stateOf(owner)] as const),
  );
  return states.filter(([, state]) => state === 'ended').map(([id]) => id);
};
