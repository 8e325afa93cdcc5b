import { setTimeout as sleep } from 'node:timers/promises';
import { NetclaimsError } from '../../../domain/error.js';
import { allDone } from '../../../domain/all-done.js';
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

/** How often what is left is looked for, and the time between: twenty seconds, besides what the engine itself takes. */
const patience = { attempts: 100, pauseMs: 200 };

/**
 * Removes everything of one cluster. What there is is asked for anew until there is nothing, also after a refusal: an engine goes on
 * making a container for a process that was killed, whose volume can be seen before it and cannot be removed after; and another process
 * may be removing the same.
 * @throws NetclaimsError `cluster/cleanup` with what is left, and why
 */
export const removeCluster = async (
  engine: Engine,
  id: string,
  signal: AbortSignal,
  { attempts, pauseMs } = patience,
): Promise<void> => {
  let refused: readonly string[] = [];
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (attempt > 0) await sleep(pauseMs, undefined, { signal });
    const resources = await ownResources(engine, id, signal);
    if (resources.length === 0) return;
    try {
      await removeAll(engine, resources, signal);
    } catch (error) {
      if (!(error instanceof NetclaimsError && error.code === 'cluster/engine-refused')) throw error;
      refused = [error.message, ...error.evidence];
    }
  }
  const left = await ownResources(engine, id, signal);
  if (left.length === 0) return;
  throw new NetclaimsError({
    code: 'cluster/cleanup',
    what: 'the container engine does not let go of all that the cluster was made of',
    evidence: [...left.map(({ kind, name }) => `${kind} ${name}`), ...refused],
    remedy: '`netclaims cluster down --all` tries it again',
  });
};
