import type { PodRecord } from '../../../domain/pod-record.js';
import { isFinished } from './next-action.js';
import type { PodManifest } from './pod-manifest.js';
import type { PodState } from './pod-state.js';

/** The phase of a pod, as Kubernetes counts it: running as soon as every container has been started once. */
export const phaseOf = (pod: PodManifest, state: PodState): PodRecord['phase'] => {
  const started = pod.containers.every(({ name }) => {
    const seen = state.containers.get(name);
    return seen !== undefined && (seen.attempt > 0 || seen.process.state !== 'created');
  });
  if (!isFinished(pod, state)) return started ? 'Running' : 'Pending';
  const failed = [...pod.initContainers, ...pod.containers].some(({ name }) => {
    const process = state.containers.get(name)?.process;
    return process?.state === 'exited' && process.exitCode !== 0;
  });
  return failed ? 'Failed' : 'Succeeded';
};
