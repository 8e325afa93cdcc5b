import { NetclaimsError } from '../../../domain/error.js';
import type { CriClient } from '../cri/cri-client.js';
import type { DnsConfig } from '../cri/cri-types.js';
import { allDone } from '../../../domain/all-done.js';
import { afterRestart } from './back-off.js';
import { containerConfig } from './container-config.js';
import { fetchImages, type ImageSource } from './fetch-images.js';
import type { Action } from './next-action.js';
import { podPaths, type PodFiles } from './pod-files.js';
import { mayEnd } from './pod-manifest.js';
import type { PodIdentity } from './pod-identity.js';
import {
  fastExitsOf,
  noteExit,
  type ContainerState,
  type ExitedProcess,
  type PodState,
} from './pod-state.js';
import { sandboxConfig } from './sandbox-config.js';

/** What pods are run with on a node. */
export interface PodTools {
  readonly cri: CriClient;
  readonly files: PodFiles;
  readonly images: ImageSource;
  /** What the node's own resolv.conf says. */
  readonly dns: DnsConfig;
  /** Told of each change of a pod's state. */
  readonly changed: () => void;
}

/** How far the work on a pod may go on. */
export interface WorkSignals {
  /** Aborted when the pod must go: what only waits stops. */
  readonly stopping: AbortSignal;
  /** Aborted when no call may go on any more. A call that makes something is let finish, so that what it made is known. */
  readonly cancelled: AbortSignal;
}

/** Takes the next action for a pod, and notes the result in its state. */
export const podActions = (
  identity: PodIdentity,
  state: PodState,
  tools: PodTools,
  { stopping, cancelled }: WorkSignals,
) => {
  const { cri, files } = tools;
  const { pod } = identity;
  let images: ReadonlyMap<string, string> | undefined;
  let sandboxAttempts = 0;

  const prepare = async (): Promise<ReadonlyMap<string, string>> => {
    const fetched = await fetchImages(pod, tools.images, stopping);
    await files.make(identity, cancelled);
    return fetched;
  };

  const makeSandbox = async (): Promise<void> => {
    images ??= await prepare();
    const attempt = sandboxAttempts++;
    const config = sandboxConfig(identity, attempt, { logs: podPaths.logs, dns: tools.dns });
    const id = await cri.runPodSandbox(config, cancelled);
    const status = await cri.podSandboxStatus(id, cancelled);
    if (status === undefined) throw vanished('sandbox', id);
    await files.writeHosts(identity, status.ips);
    if (state.sandbox !== undefined) state.litter.sandboxes.add(state.sandbox.id);
    // It may have lost its process before anybody knew its id.
    state.sandbox = { id, attempt, config, status, phase: status.ready ? 'ready' : 'dead', ending: false };
  };

  const start = async (name: string): Promise<void> => {
    const { sandbox } = state;
    const container = [...pod.containers, ...pod.initContainers].find((one) => one.name === name);
    if (sandbox === undefined || container === undefined)
      throw new TypeError(`${name} cannot be started yet`);
    const before = state.containers.get(name);
    const next = successorOf(before, sandbox.id, {
      asked: state.restartAsked.has(name),
      mayEnd: mayEnd(pod, name),
    });
    const config = containerConfig(identity, container, {
      attempt: next.attempt,
      image: images?.get(name) ?? container.image ?? '',
      podIps: sandbox.status.ips,
      mounts: files.mounts(identity, container),
    });
    const replace = (container: ContainerState): void => {
      state.containers.set(name, container);
      state.restartAsked.delete(name);
      if (before !== undefined && before.id !== '') state.litter.containers.add(before.id);
    };
    const created = await cri.createContainer(sandbox, config, cancelled).then(
      (id): ContainerState => ({ ...next, id }),
      (error: unknown): ContainerState => ({ ...next, process: notStarted(error) }),
    );
    replace(created);
    if (created.process.state === 'created') {
      await run(created).catch((error: unknown) => (created.process = notStarted(error)));
    }
    tools.changed();
  };

  const run = async (container: ContainerState): Promise<void> => {
    await cri.startContainer(container.id, cancelled);
    const sinceMs = Date.now();
    const status = await cri.containerStatus(container.id, cancelled);
    // One that has ended by now is told of by an event.
    if (container.process.state === 'created' && status !== undefined && status.pid > 0) {
      container.process = { state: 'running', pid: status.pid, sinceMs };
    }
  };

  const stop = async (container: ContainerState | undefined): Promise<void> => {
    if (container === undefined || container.process.state === 'exited') return;
    await cri.stopContainer(container.id, pod.graceSeconds, stopping);
    const status = await cri.containerStatus(container.id, stopping);
    noteExit(state, { id: container.id, pid: -1, exitCode: status?.exitCode ?? 137 }, Date.now());
    tools.changed();
  };

  const stopSandbox = async (): Promise<void> => {
    const { sandbox } = state;
    if (sandbox === undefined) return;
    sandbox.ending = true;
    await allDone([...state.containers.values()].map(stop));
    await cri.stopPodSandbox(sandbox.id, cancelled);
    sandbox.phase = 'stopped';
  };

  const removeLitter = async (): Promise<void> => {
    const { sandboxes, containers } = state.litter;
    const removals = [
      ...[...containers].map((id) => cri.removeContainer(id, cancelled)),
      ...[...sandboxes].map((id) => cri.removePodSandbox(id, cancelled)),
    ];
    containers.clear();
    sandboxes.clear();
    // What cannot be removed now is in nobody's way, and is removed with the pod.
    await Promise.allSettled(removals);
  };

  return async (action: Exclude<Action, { readonly do: 'wait' }>): Promise<void> => {
    switch (action.do) {
      case 'make-sandbox':
        return makeSandbox();
      case 'stop-sandbox':
        return stopSandbox();
      case 'start':
        await allDone(action.containers.map(start));
        return;
      case 'stop':
        await allDone(action.containers.map((name) => stop(state.containers.get(name))));
        return;
      case 'remove-litter':
        return removeLitter();
    }
  };
};

/** The next attempt of a container, not yet made. One that was asked for is no failure, so nothing is held against it. */
const successorOf = (
  before: ContainerState | undefined,
  sandboxId: string,
  because: { readonly asked: boolean; readonly mayEnd: boolean },
): ContainerState => {
  const { asked, mayEnd } = because;
  return {
    id: '',
    sandboxId,
    attempt: before === undefined ? 0 : before.attempt + 1,
    backOff: before === undefined || asked ? before?.backOff : afterRestart(before.backOff, Date.now()),
    fastExits: before === undefined || asked ? 0 : fastExitsOf(before, mayEnd),
    process: { state: 'created' },
    readyProbed: false,
    unreadyBecause: '',
  };
};

/** What could not be started counts as ended with the code that a runtime gives it then. */
const notStarted = (error: unknown): ExitedProcess => ({
  state: 'exited',
  exitCode: 128,
  atMs: Date.now(),
  ranMs: undefined,
  startError: error instanceof Error ? error : new Error(String(error)),
});

const vanished = (what: string, id: string): NetclaimsError =>
  new NetclaimsError({
    code: 'pod/vanished',
    what: `the ${what} ${id} was gone as soon as it was made`,
    remedy: 'see whether something else removes containers on this node',
  });
