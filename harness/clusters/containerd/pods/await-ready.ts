import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandResult } from '../../../domain/cluster.js';
import { describeError } from '../../../domain/error.js';
import type { Changes } from '../../changes.js';
import { hopelessError, notReady } from './explain-pod.js';
import type { PodContainer } from './pod-manifest.js';
import type { PodRunner } from './pod-runner.js';
import type { ContainerState } from './pod-state.js';
import { probeCommand, unreadyBecause, type ProbeCommand } from './readiness-probe.js';
import { readinessOf } from './readiness.js';

export interface ReadinessTools {
  readonly changes: Changes;
  /** Runs a readiness probe of a pod's container. */
  readonly probe: (
    pod: PodRunner,
    container: string,
    command: ProbeCommand,
    signal: AbortSignal,
  ) => Promise<CommandResult>;
  readonly logOf: (pod: PodRunner, container: string, attempt: number) => Promise<readonly string[]>;
  /** Whether the processes that are known of a pod's containers are there, as the kernel says. */
  readonly processesExist: (pod: PodRunner) => boolean;
  /** Throws when containerd is gone. */
  readonly throwIfLost: () => void;
}

/** When to look again at a process that has ended without an event that told of it yet. */
const eventDelayMs = 20;

/** Until a probe has succeeded, it is repeated after this time at first, then ever less often down to its own period. */
const firstProbeMs = 100;

/**
 * Resolves when a pod is ready.
 * @throws NetclaimsError `pod/…` as soon as it is certain that it will not be, or when the signal is aborted
 */
export const awaitReady = async (
  pod: PodRunner,
  tools: ReadinessTools,
  signal: AbortSignal,
): Promise<void> => {
  const logOf = (container: string, attempt: number) => tools.logOf(pod, container, attempt);
  const ended = new AbortController();
  const probing = new Map<string, Promise<void>>();
  const probesSignal = AbortSignal.any([signal, ended.signal]);
  try {
    for (;;) {
      tools.throwIfLost();
      const readiness = readinessOf(pod.identity.pod, pod.state, Date.now());
      if (readiness.is === 'ready' && tools.processesExist(pod)) return;
      if (readiness.is === 'hopeless') throw await hopelessError(pod, readiness, logOf);
      if (signal.aborted) throw await notReady(pod, 'there was no more time', signal.reason, logOf);
      for (const { container, seen } of toProbe(pod)) {
        if (!probing.has(seen.id))
          probing.set(seen.id, probeUntilReady(pod, container, seen, tools, probesSignal));
      }
      // An abort ends the wait like a change does: what is said of it is said above.
      const atMostMs = readiness.is === 'ready' ? eventDelayMs : readiness.untilMs - Date.now();
      await tools.changes.next(atMostMs, signal).catch(() => undefined);
    }
  } finally {
    ended.abort();
    await Promise.all(probing.values());
  }
};

const toProbe = ({ identity, state }: PodRunner) =>
  identity.pod.containers.flatMap((container) => {
    const seen = state.containers.get(container.name);
    return container.readinessProbe !== undefined && seen?.process.state === 'running' && !seen.readyProbed
      ? [{ container, seen }]
      : [];
  });

/** Repeats a container's readiness probe until it has succeeded as often as it must, or that attempt of the container has ended. */
const probeUntilReady = async (
  pod: PodRunner,
  container: PodContainer,
  seen: ContainerState,
  { changes, probe }: ReadinessTools,
  signal: AbortSignal,
): Promise<void> => {
  const command = probeCommand(container, pod.state.sandbox?.status.ips[0] ?? '127.0.0.1');
  const periodMs = (container.readinessProbe?.periodSeconds ?? 10) * 1_000;
  const needed = container.readinessProbe?.successThreshold ?? 1;
  if (command === undefined) return;
  const isCutOff = () => signal.aborted;
  let pauseMs = firstProbeMs;
  let successes = 0;
  await pause((container.readinessProbe?.initialDelaySeconds ?? 0) * 1_000, signal);
  while (!isCutOff() && seen.process.state === 'running') {
    const because = await probe(pod, container.name, command, signal).then(
      (result) => unreadyBecause(container, result),
      (error: unknown) => describeError(error),
    );
    // One that was cut off says nothing; what the last one saw is what there is to tell.
    if (isCutOff()) return;
    seen.unreadyBecause = because;
    successes = seen.unreadyBecause === '' ? successes + 1 : 0;
    if (successes >= needed) {
      seen.readyProbed = true;
      changes.notify();
      return;
    }
    await pause(pauseMs, signal);
    pauseMs = Math.min(pauseMs * 2, periodMs);
  }
};

/** Ends early when the signal is aborted. */
const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
};
