import { NetclaimsError } from '../../../domain/error.js';
import type { ReadinessTools } from './await-ready.js';
import { hopelessError, notReady } from './explain-pod.js';
import type { PodRunner } from './pod-runner.js';

/**
 * Has a container replaced: it is stopped with its grace, and its successor is started at once, whatever its restart policy and
 * back-off. Resolves when that runs.
 * @throws NetclaimsError `pod/…` when the successor does not come to run
 */
export const awaitSuccessor = async (
  pod: PodRunner,
  container: string,
  { changes, logOf, throwIfLost }: Pick<ReadinessTools, 'changes' | 'logOf' | 'throwIfLost'>,
  signal: AbortSignal,
): Promise<void> => {
  throwIfLost();
  const { identity, state } = pod;
  if (!identity.pod.containers.some(({ name }) => name === container)) {
    throw new NetclaimsError({
      code: 'pod/not-found',
      what: `pod ${identity.pod.name} has no container ${container}`,
      evidence: [`its containers: ${identity.pod.containers.map(({ name }) => name).join(', ')}`],
    });
  }
  const logs = (name: string, attempt: number) => logOf(pod, name, attempt);
  const before = state.containers.get(container)?.attempt ?? -1;
  pod.askRestart(container);
  for (;;) {
    throwIfLost();
    const seen = state.containers.get(container);
    if (seen !== undefined && seen.attempt > before) {
      if (seen.process.state === 'running') return;
      if (seen.process.state === 'exited')
        throw await hopelessError(pod, { container, error: undefined }, logs);
    }
    if (state.trouble !== undefined) {
      throw await hopelessError(pod, { container: undefined, error: state.trouble }, logs);
    }
    if (signal.aborted) {
      throw await notReady(pod, `container ${container} was not replaced in time`, signal.reason, logs);
    }
    await changes.next(Number.POSITIVE_INFINITY, signal).catch(() => undefined);
  }
};
