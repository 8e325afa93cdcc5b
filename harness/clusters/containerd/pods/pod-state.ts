import type { ExitEvent, SandboxConfig, SandboxStatus } from '../cri/cri-types.js';
import type { BackOff } from './back-off.js';

/** What has been seen of a pod on its node. Changed only by what containerd answers and tells. */
export interface PodState {
  /** The latest sandbox; undefined before the first. */
  sandbox: SandboxState | undefined;
  /** The latest attempt of each container that has had one, by name. */
  readonly containers: Map<string, ContainerState>;
  /** Sandboxes and containers that have successors and must go. */
  readonly litter: { readonly sandboxes: Set<string>; readonly containers: Set<string> };
  /** Containers to replace though nothing is wrong with them. */
  readonly restartAsked: Set<string>;
  /** Why the last thing that was to be done for the pod failed; it is tried again. */
  trouble: Error | undefined;
  /** How many times in a row that has failed. */
  failures: number;
}

export interface SandboxState {
  readonly id: string;
  readonly attempt: number;
  readonly config: SandboxConfig;
  readonly status: SandboxStatus;
  /** `dead`: the pause process ended, the network is still there; `stopped`: that has been given back. */
  phase: 'ready' | 'dead' | 'stopped';
  /** Whether it is being stopped, so that its end is asked for. */
  ending: boolean;
}

export interface ContainerState {
  readonly id: string;
  readonly sandboxId: string;
  readonly attempt: number;
  readonly backOff: BackOff | undefined;
  /** How many times in a row, this attempt left out, it ended soon after it began. */
  readonly fastExits: number;
  process:
    | { readonly state: 'created' }
    | { readonly state: 'running'; readonly pid: number; readonly sinceMs: number }
    | ExitedProcess;
  /** Why the last readiness probe did not succeed; empty when it did or there was none. */
  unreadyBecause: string;
  readyProbed: boolean;
}

export interface ExitedProcess {
  readonly state: 'exited';
  readonly exitCode: number;
  readonly atMs: number;
  /** undefined for a container that was never started. */
  readonly ranMs: number | undefined;
  /** Why it could not be started. */
  readonly startError: Error | undefined;
}

export const newPodState = (): PodState => ({
  sandbox: undefined,
  containers: new Map(),
  litter: { sandboxes: new Set(), containers: new Set() },
  restartAsked: new Set(),
  trouble: undefined,
  failures: 0,
});

/** A container that ends within this time after its start ended at once. */
const fastMs = 10_000;

/**
 * How many times in a row, the last attempt included, a container ended soon after it began.
 * @param mayEnd whether ending with 0 is what it is there for
 */
export const fastExitsOf = ({ process, fastExits }: ContainerState, mayEnd: boolean): number => {
  if (process.state !== 'exited' || (mayEnd && process.exitCode === 0)) return 0;
  return (process.ranMs ?? 0) < fastMs ? fastExits + 1 : 0;
};

/** Takes note of a process that ended; false when it is none of this pod's. */
export const noteExit = (state: PodState, { id, exitCode }: ExitEvent, nowMs: number): boolean => {
  if (state.sandbox?.id === id) {
    if (state.sandbox.phase === 'ready') state.sandbox.phase = 'dead';
    return true;
  }
  for (const container of state.containers.values()) {
    if (container.id !== id) continue;
    if (container.process.state !== 'exited') {
      const { process } = container;
      const ranMs = process.state === 'running' ? nowMs - process.sinceMs : 0;
      container.process = { state: 'exited', exitCode, atMs: nowMs, ranMs, startError: undefined };
    }
    return true;
  }
  return false;
};
