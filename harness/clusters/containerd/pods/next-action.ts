import { restartDueMs } from './back-off.js';
import type { PodManifest, RestartPolicy } from './pod-manifest.js';
import type { ContainerState, PodState } from './pod-state.js';

/** The next action for a pod. */
export type Action =
  | { readonly do: 'make-sandbox' }
  /** End what runs in the sandbox and give its network back. */
  | { readonly do: 'stop-sandbox' }
  | { readonly do: 'start'; readonly containers: readonly string[] }
  | { readonly do: 'stop'; readonly containers: readonly string[] }
  | { readonly do: 'remove-litter' }
  /** Nothing until something changes, or until that time. */
  | { readonly do: 'wait'; readonly untilMs: number };

/** Compares what a pod's manifest asks for with what is seen of it, as a kubelet does. */
export const nextAction = (pod: PodManifest, state: PodState, nowMs: number): Action => {
  const { sandbox } = state;
  if (isFinished(pod, state))
    return sandbox === undefined || sandbox.phase === 'stopped' ? atLeisure(state) : stop;
  if (sandbox === undefined || sandbox.phase === 'stopped') return { do: 'make-sandbox' };
  if (sandbox.phase === 'dead') return stop;

  const due = new Map(containersOfNow(pod, state).map((name) => [name, dueMs(pod, state, name)]));
  const now = [...due].filter(([, ms]) => ms <= nowMs).map(([name]) => name);
  if (now.length > 0) return { do: 'start', containers: now };
  const replaced = [...state.restartAsked].filter((name) => isRunning(state.containers.get(name)));
  if (replaced.length > 0) return { do: 'stop', containers: replaced };
  return atLeisure(state, Math.min(...due.values()));
};

const stop: Action = { do: 'stop-sandbox' };

const atLeisure = ({ litter }: PodState, untilMs = Number.POSITIVE_INFINITY): Action =>
  litter.sandboxes.size + litter.containers.size > 0 ? { do: 'remove-litter' } : { do: 'wait', untilMs };

/** The init container whose turn it is, else all containers. */
const containersOfNow = (pod: PodManifest, state: PodState): readonly string[] => {
  const init = currentInit(pod, state);
  return init === undefined ? pod.containers.map(({ name }) => name) : [init];
};

/** The first init container that did not succeed in this sandbox yet: a new sandbox is initialised anew. */
const currentInit = ({ initContainers }: PodManifest, state: PodState): string | undefined =>
  initContainers.find(({ name }) => {
    const seen = state.containers.get(name);
    return !(isInSandbox(seen, state) && seen?.process.state === 'exited' && seen.process.exitCode === 0);
  })?.name;

/** When to start a container: never while it runs or after its work is done. */
const dueMs = (pod: PodManifest, state: PodState, name: string): number => {
  const seen = state.containers.get(name);
  if (seen === undefined) return Number.NEGATIVE_INFINITY;
  const { process } = seen;
  if (process.state !== 'exited') return Number.POSITIVE_INFINITY;
  if (state.restartAsked.has(name)) return Number.NEGATIVE_INFINITY;
  const isInit = pod.initContainers.some((init) => init.name === name);
  if (isInit && !isInSandbox(seen, state)) return Number.NEGATIVE_INFINITY;
  // An init container that comes here has failed.
  return isInit || isWanted(pod.restartPolicy, seen)
    ? restartDueMs(seen.backOff, process.atMs)
    : Number.POSITIVE_INFINITY;
};

/** Whether nothing will run in the pod any more: a restart policy that has come to its end. */
export const isFinished = (pod: PodManifest, state: PodState): boolean =>
  state.restartAsked.size === 0 && (hasFailedToInit(pod, state) || hasRunOut(pod, state));

const hasFailedToInit = (pod: PodManifest, state: PodState): boolean =>
  pod.restartPolicy === 'Never' &&
  pod.initContainers.some(({ name }) => {
    const process = state.containers.get(name)?.process;
    return process?.state === 'exited' && process.exitCode !== 0;
  });

const hasRunOut = (pod: PodManifest, state: PodState): boolean =>
  pod.containers.every(({ name }) => {
    const seen = state.containers.get(name);
    return seen?.process.state === 'exited' && !isWanted(pod.restartPolicy, seen);
  });

/** Whether a container that ended is to run again. */
const isWanted = (policy: RestartPolicy, { process }: ContainerState): boolean =>
  policy === 'Always' || (policy === 'OnFailure' && !(process.state === 'exited' && process.exitCode === 0));

const isInSandbox = (seen: ContainerState | undefined, { sandbox }: PodState): boolean =>
  seen !== undefined && seen.sandboxId === sandbox?.id;

const isRunning = (seen: ContainerState | undefined): boolean => seen?.process.state === 'running';
