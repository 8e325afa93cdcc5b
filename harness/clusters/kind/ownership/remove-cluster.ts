import { NetclaimsError } from '../../../domain/error.js';
import { allDone } from '../../images/all-done.js';
import { resourceKinds, type Engine, type Resource } from '../engine/engine.js';
import { ownLabels } from './labels.js';

/** Everything in the engine that netclaims has made, of one cluster or of all. */
export const ownResources = async (
  engine: Engine,
  id: string | undefined,
  signal: AbortSignal,
): Promise<readonly Resource[]> => {
  const label = id === undefined ? ownLabels.id : `${ownLabels.id}=${id}`;
  return (await Promise.all(resourceKinds.map((kind) => engine.list(kind, label, signal)))).flat();
};

/** Removes resources: containers first, for networks and volumes are theirs. */
export const removeAll = async (
  engine: Engine,
  resources: readonly Resource[],
  signal: AbortSignal,
): Promise<void> => {
  for (const kind of resourceKinds) {
    await allDone(
      resources
        .filter((resource) => resource.kind === kind)
        .map((resource) => engine.remove(resource, signal)),
    );
  }
};

/**
 * Removes everything of one cluster. It is asked for again until there is nothing, because the volume of a container comes into being
 * before it, and another process may be removing the same.
 */
export const removeCluster = async (engine: Engine, id: string, signal: AbortSignal): Promise<void> => {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const resources = await ownResources(engine, id, signal);
    if (resources.length === 0) return;
    await removeAll(engine, resources, signal);
  }
  const left = await ownResources(engine, id, signal);
  if (left.length === 0) return;
  throw new NetclaimsError({
    code: 'cluster/cleanup',
    what: 'the container engine does not let go of all that the cluster was made of',
    evidence: left.map(({ kind, name }) => `${kind} ${name}`),
    remedy: '`netclaims cluster down --all` tries it again',
  });
};
