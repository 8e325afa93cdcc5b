import { NetclaimsError } from '../../../domain/error.js';
import { isFinished } from './next-action.js';
import { phaseOf } from './pod-phase.js';
import { mayEnd, type PodManifest } from './pod-manifest.js';
import { fastExitsOf, type ContainerState, type PodState } from './pod-state.js';

/** How far a pod is from being ready. */
export type Readiness =
  | { readonly is: 'ready' }
  /** Not before something changes, or until that time. */
  | { readonly is: 'pending'; readonly untilMs: number }
  /** It will not become ready; `container` is the one to blame, if it is one. */
  | { readonly is: 'hopeless'; readonly container: string | undefined; readonly error: Error | undefined };

/**
 * How long a container without a readiness probe must have run to count as ready. A process that cannot do its work most often ends
 * within a few milliseconds, and an apply that called it ready would leave the next step to find out.
 */
const settleMs = 100;
/** The same for one that ended at once before. */
const warySettleMs = 1_000;

/** A container that ended so many times in a row at once waits for its next restart longer than anybody wants to. */
const hopelessExits = 2;

/**
 * What containerd refuses is tried once more, as a kubelet does again and again: plugins that lock nothing get into each other's way (two portmaps
 * that make the first chain of a node). What fails otherwise, such as a missing image, fails for good.
 */
const hopelessFailures = 2;

/** Whether a pod is ready: all its containers run and have passed their readiness probes, or have done what they had to do. */
export const readinessOf = (pod: PodManifest, state: PodState, nowMs: number): Readiness => {
  if (state.trouble !== undefined && isHopelessTrouble(state.trouble, state.failures))
    return { is: 'hopeless', container: undefined, error: state.trouble };
  const hopeless = [...pod.initContainers, ...pod.containers].find(({ name }) =>
    isHopeless(pod, state, name),
  );
  if (hopeless !== undefined) return { is: 'hopeless', container: hopeless.name, error: undefined };
  if (isFinished(pod, state)) {
    return phaseOf(pod, state) === 'Succeeded'
      ? { is: 'ready' }
      : { is: 'hopeless', container: failedContainer(pod, state), error: undefined };
  }
  const readyMs = pod.containers.map(({ name, readinessProbe }) =>
    containerReadyMs(state.containers.get(name), readinessProbe !== undefined, mayEnd(pod, name)),
  );
  const untilMs = Math.max(...readyMs);
  return untilMs <= nowMs ? { is: 'ready' } : { is: 'pending', untilMs };
};

const isHopelessTrouble = (trouble: Error, failures: number): boolean =>
  failures >= hopelessFailures || !(trouble instanceof NetclaimsError && trouble.code === 'pod/cri-refused');

const isHopeless = (pod: PodManifest, state: PodState, name: string): boolean => {
  const seen = state.containers.get(name);
  if (seen?.process.state !== 'exited') return false;
  const { exitCode, startError } = seen.process;
  return (
    startError !== undefined ||
    (exitCode !== 0 && pod.restartPolicy === 'Never') ||
    fastExitsOf(seen, mayEnd(pod, name)) >= hopelessExits
  );
};

const failedContainer = (pod: PodManifest, state: PodState): string | undefined =>
  [...pod.initContainers, ...pod.containers].find(({ name }) => {
    const process = state.containers.get(name)?.process;
    return process?.state === 'exited' && process.exitCode !== 0;
  })?.name;

/** When a container is ready as far as is known now. */
const containerReadyMs = (seen: ContainerState | undefined, isProbed: boolean, ends: boolean): number => {
  const never = Number.POSITIVE_INFINITY;
  switch (seen?.process.state) {
    case 'running':
      if (isProbed) return seen.readyProbed ? 0 : never;
      return seen.process.sinceMs + (seen.fastExits === 0 ? settleMs : warySettleMs);
    case 'exited':
      return seen.process.exitCode === 0 && ends ? 0 : never;
    default:
      return never;
  }
};
