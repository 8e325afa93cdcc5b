import type { ExitEvent } from '../cri/cri-types.js';
import type { Changes } from '../../changes.js';
import { nextAction } from './next-action.js';
import { podActions, type PodTools } from './pod-actions.js';
import type { PodIdentity } from './pod-identity.js';
import { newPodState, noteExit, type PodState } from './pod-state.js';

/** A pod that is being kept as its manifest asks for it. */
export interface PodRunner {
  readonly identity: PodIdentity;
  readonly state: PodState;
  /** Takes note of a process that ended, if it is one of this pod's. */
  onExit(event: ExitEvent): void;
  /** Has a container replaced. */
  askRestart(container: string): void;
  /** Whether it was told to stop. */
  readonly isStopping: () => boolean;
  /** Does nothing more for the pod, and leaves it as it is. Resolves when the last call for it has ended. */
  stop(): Promise<void>;
}

/** How long a call that makes something may take once its pod must go. */
const lastCallMs = 10_000;
/** The pauses between attempts at what failed: the first, and the longest. */
const retry = { firstMs: 1_000, longestMs: 30_000 };

/**
 * Runs a pod: one loop that compares what is asked for with what is seen, does the next thing, and then looks again or waits for a
 * change. As there is only this one loop, no two things are ever done to a pod at once.
 * @param lost aborted when containerd is gone, so that nothing can be done
 */
export const runPod = (
  identity: PodIdentity,
  tools: PodTools,
  changes: Changes,
  lost: AbortSignal,
): PodRunner => {
  const state = newPodState();
  const stop = new AbortController();
  const cancel = new AbortController();
  const stopping = AbortSignal.any([stop.signal, lost]);
  const cancelled = AbortSignal.any([cancel.signal, lost]);
  const perform = podActions(identity, state, tools, { stopping, cancelled });

  const isOver = () => stopping.aborted;

  const loop = async (): Promise<void> => {
    while (!isOver()) {
      const action = nextAction(identity.pod, state, Date.now());
      if (action.do === 'wait') {
        await changes.next(action.untilMs - Date.now(), stopping);
        continue;
      }
      try {
        await perform(action);
        state.failures = 0;
        state.trouble = undefined;
      } catch (error) {
        if (isOver()) return;
        state.trouble = error instanceof Error ? error : new Error(String(error));
        state.failures += 1;
        changes.notify();
        await pause(Math.min(retry.firstMs * 2 ** (state.failures - 1), retry.longestMs));
      }
      changes.notify();
    }
  };

  const pause = async (ms: number): Promise<void> => {
    const untilMs = Date.now() + ms;
    while (Date.now() < untilMs) await changes.next(untilMs - Date.now(), stopping);
  };

  const done = loop().catch((error: unknown) => {
    // Waiting ends by being stopped; anything else is a mistake of ours, which whoever waits for the pod must hear of.
    if (!isOver()) {
      state.trouble = error instanceof Error ? error : new Error(String(error));
      changes.notify();
    }
  });

  return {
    identity,
    state,
    onExit(event) {
      if (noteExit(state, event, Date.now())) changes.notify();
    },
    askRestart(container) {
      state.restartAsked.add(container);
      changes.notify();
    },
    isStopping: () => stop.signal.aborted,
    async stop() {
      stop.abort();
      const timer = setTimeout(() => cancel.abort(), lastCallMs);
      await done;
      clearTimeout(timer);
    },
  };
};
