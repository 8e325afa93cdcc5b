import type { Node } from '../../../domain/cluster.js';
import type { PodRunner } from './pod-runner.js';

const killTimeoutMs = 10_000;

/**
 * Kills all processes of pods that must go, at once. containerd would do so as well, container by container, with a runc
 * for each and the next only after it. What cannot be killed here is left to it.
 */
export const killPods = async (
  pods: readonly PodRunner[],
  node: Node,
  signal: AbortSignal,
): Promise<void> => {
  const pids = pods.flatMap(({ state: { sandbox, containers } }) => [
    ...(sandbox?.phase === 'ready' ? [sandbox.status.pid] : []),
    ...[...containers.values()].flatMap(({ process }) => (process.state === 'running' ? [process.pid] : [])),
  ]);
  if (pids.length === 0) return;
  const argv = ['kill', '-KILL', ...pids.map(String)];
  await node.exec({ argv, timeoutMs: killTimeoutMs }, signal).catch(() => undefined);
};
