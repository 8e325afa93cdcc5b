import type { Command, CommandResult } from '../../../domain/cluster.js';
import { NetclaimsError } from '../../../domain/error.js';
import { ApiError } from '../api/api-error.js';
import { execThrough, type ExecTarget } from '../api/exec.js';
import { patienceMs, retried } from '../api/retried.js';
import type { KubernetesApi } from '../kubernetes-api.js';

/**
 * Runs a command in a container, and tries again to start it while the API is away: as long as no stream is open, nothing was run.
 * @throws NetclaimsError `probe/not-started`, `probe/timeout`, `probe/cut-off`, `cluster/…`
 */
export const execInPod = async (
  { client, explain }: Pick<KubernetesApi, 'client' | 'explain'>,
  target: ExecTarget,
  command: Omit<Command, 'netns'>,
  signal: AbortSignal,
): Promise<CommandResult> => {
  const start = () =>
    execThrough(client.access, target, command, signal).catch((error: unknown) => {
      throw error instanceof ApiError && [400, 404, 409, 500].includes(error.httpStatus)
        ? notStarted(target, command, error)
        : error;
    });
  try {
    return await retried(start, patienceMs, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw explain(error, `running a command in ${target.pod}/${target.container}`);
  }
};

/** The pod, its container or its process is not there; or its node does not answer the server. */
const notStarted = (
  { pod, container }: ExecTarget,
  { argv }: Pick<Command, 'argv'>,
  cause: ApiError,
): NetclaimsError =>
  new NetclaimsError({
    code: 'probe/not-started',
    what: `\`${argv.join(' ')}\` in ${pod}/${container} could not be started`,
    evidence: [cause.message],
    remedy: 'see that the pod and its container run; a `wait` before the step can wait for that',
    cause,
  });
