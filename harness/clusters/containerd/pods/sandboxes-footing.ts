import { existsSync } from 'node:fs';
import type { Footing } from '../../ground/watch-ground.js';
import type { ExitEvent } from '../cri/cri-types.js';
import type { PodRunner } from './pod-runner.js';

/**
 * The sandboxes of a world's pods on one node. One ends unasked when its pause process is killed, or when its shim dies, which ends all of
 * the pod. Neither must be taken for what the claim is about.
 */
export interface SandboxesFooting extends Footing {
  /** To be told of each exit before the pod is. */
  onExit(event: ExitEvent): void;
}

/** @param here the path by which this machine opens a path on the node */
export const sandboxesFooting = (
  node: string,
  pods: ReadonlyMap<string, PodRunner>,
  here: (path: string) => string,
): SandboxesFooting => {
  let notice: (why: string) => void = () => undefined;
  const ended = new Promise<string>((resolve) => (notice = resolve));
  return {
    name: `the sandbox of a pod on ${node}`,
    ended: () => ended,
    onExit: ({ id }) => {
      const pod = [...pods.values()].find(({ state }) => state.sandbox?.id === id);
      if (pod !== undefined && isHeld(pod)) notice(whyOf(pod));
    },
    look: () => {
      const gone = [...pods.values()].find(
        (pod) => isHeld(pod) && !existsSync(here(`/proc/${pod.state.sandbox?.status.pid ?? 0}`)),
      );
      return Promise.resolve(gone === undefined ? undefined : whyOf(gone));
    },
  };
};

/** Whether a sandbox must exist: it runs, and nobody began to end it. */
const isHeld = ({ state: { sandbox }, isStopping }: PodRunner): boolean =>
  sandbox?.phase === 'ready' && !sandbox.ending && !isStopping();

const whyOf = ({ identity, state }: PodRunner): string =>
  `the pause process ${state.sandbox?.status.pid ?? ''} of ${identity.pod.name} has ended, and no step had asked for that`;
