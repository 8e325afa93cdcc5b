import { noEvidence } from '../../../domain/absent.js';
import { NetclaimsError } from '../../../domain/error.js';
import type { Engine } from '../engine/engine.js';
import { statusOf, wordsOf } from '../engine/engine-error.js';
import type { NodeContainerOptions } from '../node/node-container.js';

/** Loads testcontainers, which takes most of a second. */
export const loadNodeContainer = () => import('../node/node-container.js');

/**
 * Starts a node's container and waits until commands may be run in it. It cannot be told to stop: remove the container, and it ends.
 * @throws NetclaimsError `usage/name-taken`, `cluster/node-not-started`
 */
export const startNode = async (options: NodeContainerOptions, engine: Engine): Promise<void> => {
  const { NodeContainer } = await loadNodeContainer();
  try {
    await new NodeContainer(options).start();
  } catch (error) {
    if (statusOf(error) === 409 && wordsOf(error).includes('already in use'))
      throw nameTaken(options.cluster, error);
    const never = new AbortController().signal;
    const [log, state] = await Promise.all([
      engine.logs(options.name, 8, never).catch(noEvidence),
      engine.inspect(options.name, never).catch(() => undefined),
    ]);
    throw new NetclaimsError({
      code: 'cluster/node-not-started',
      what: `node ${options.name} did not come up`,
      evidence: [
        wordsOf(error),
        ...(state === undefined || state.running ? [] : [`its container: ${state.status}`]),
        ...log,
      ],
      remedy:
        'see that the engine can run privileged containers (`docker run --privileged`), and that the node image is one for this ' +
        "machine's architecture and cgroups",
      cause: error,
    });
  }
};

/** Somebody has a cluster of this name, made by netclaims or by `kind`. */
export const nameTaken = (cluster: string, cause?: unknown): NetclaimsError =>
  new NetclaimsError({
    code: 'usage/name-taken',
    what: `there is a kind cluster named ${cluster} already`,
    remedy: `use it with --cluster-name ${cluster}, remove it with \`netclaims cluster down ${cluster}\` (or \`kind delete cluster\`), or choose another name`,
    cause,
  });
