import pLimit from 'p-limit';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type CallOptions } from './connection.js';
import { isStarting } from './cri-error.js';
import { execProcess, type ContainerCommand, type ExecStreams } from './exec-process.js';
import type {
  ContainerConfig,
  ContainerListItem,
  ContainerStatus,
  ExitEvent,
  ImageInfo,
  RuntimeCondition,
  RuntimeVersion,
  SandboxConfig,
  SandboxListItem,
  SandboxStatus,
} from './cri-types.js';
import { shareStream, type Subscription } from './exit-events.js';
import { protocol, type Method } from './protocol.js';
import * as read from './read-answers.js';

/** Label selectors: all of them must match. */
export type Labels = Readonly<Record<string, string>>;

/**
 * The calls of the container runtime interface that netclaims makes. Each has a deadline of its own.
 * @throws NetclaimsError `cluster/cri-…` when containerd cannot be talked to, `pod/cri-refused` when it refuses what a pod needs;
 * the signal's reason when it is aborted. Stopping or removing what is not there succeeds.
 */
export interface CriClient extends Disposable {
  /** Resolves once containerd answers on its socket and its CRI plugin has started. */
  ready(timeoutMs: number, signal: AbortSignal): Promise<void>;
  version(signal: AbortSignal): Promise<RuntimeVersion>;
  status(signal: AbortSignal): Promise<readonly RuntimeCondition[]>;
  /** The CNI configuration lists that the runtime has read, as they were written. */
  cniConfig(signal: AbortSignal): Promise<readonly string[]>;
  /** The id of the new sandbox, whose network is set up. */
  runPodSandbox(config: SandboxConfig, signal: AbortSignal): Promise<string>;
  /** Kills what still runs in it and gives its network back. */
  stopPodSandbox(id: string, signal: AbortSignal): Promise<void>;
  /** With all its containers. */
  removePodSandbox(id: string, signal: AbortSignal): Promise<void>;
  podSandboxStatus(id: string, signal: AbortSignal): Promise<SandboxStatus | undefined>;
  listPodSandbox(labels: Labels, signal: AbortSignal): Promise<readonly SandboxListItem[]>;
  /** The id of the new container, which does not run yet. */
  createContainer(
    sandbox: { readonly id: string; readonly config: SandboxConfig },
    config: ContainerConfig,
    signal: AbortSignal,
  ): Promise<string>;
  startContainer(id: string, signal: AbortSignal): Promise<void>;
  /** Its stop signal, and SIGKILL after `graceSeconds` (at once for 0); resolves when it has ended. */
  stopContainer(id: string, graceSeconds: number, signal: AbortSignal): Promise<void>;
  removeContainer(id: string, signal: AbortSignal): Promise<void>;
  containerStatus(id: string, signal: AbortSignal): Promise<ContainerStatus | undefined>;
  listContainers(labels: Labels, signal: AbortSignal): Promise<readonly ContainerListItem[]>;
  /** Runs a command in a container until it has ended and its outputs are closed, and returns its exit code. */
  exec(id: string, command: ContainerCommand, io: ExecStreams, signal: AbortSignal): Promise<number>;
  listImages(signal: AbortSignal): Promise<readonly ImageInfo[]>;
  /** By name, digest or id; undefined when the node has no such image. */
  imageStatus(reference: string, signal: AbortSignal): Promise<ImageInfo | undefined>;
  /** Tells of each sandbox and container of this containerd that ends, from now on. */
  subscribe(onExit: (event: ExitEvent) => void, onLost: (error: Error) => void): Subscription;
}

const second = 1_000;
const startingPauseMs = 5;
const quick: CallOptions = { timeoutMs: 20 * second, blame: 'cluster' };
/** A sandbox waits for CNI plugins, which may ask servers far away. */
const sandboxWork: CallOptions = { timeoutMs: 120 * second, blame: 'pod' };
const containerWork: CallOptions = { timeoutMs: 60 * second, blame: 'pod' };

/**
 * How many of the calls that start or end processes are under way at once. More of them take no less time in all, and each so much
 * longer that with a hundred pods their deadlines would pass.
 */
const heavyCallsAtOnce = 16;

/** A client for the containerd that listens on `socketPath`, which may lie in another mount namespace (/proc/PID/root/…). */
export const connectCri = (socketPath: string): CriClient => {
  const connection = connect(socketPath);
  const { runtime, image, events, tasks, containers } = protocol();
  const atOnce = pLimit(heavyCallsAtOnce);

  const call = async (
    method: Method | undefined,
    request: object,
    options: CallOptions,
    signal: AbortSignal,
  ) => {
    if (method === undefined) throw new TypeError('a call that the .proto files do not have');
    return connection.call(method, request, options, signal);
  };
  const heavyCall: typeof call = (...request) => atOnce(() => call(...request));
  const exits = shareStream((onMessage, onEnd) => {
    if (events.Subscribe === undefined) throw new TypeError('a call that the .proto files do not have');
    const filters = ['namespace==k8s.io,topic=="/tasks/exit"'];
    return connection.stream(events.Subscribe, { filters }, onMessage, onEnd);
  });

  return {
    async ready(timeoutMs, signal) {
      const deadline = Date.now() + timeoutMs;
      await connection.ready(timeoutMs, signal);
      // Between listening and having started, the plugin refuses every call and tells nobody when it is done.
      for (;;) {
        try {
          await call(runtime.Version, {}, quick, signal);
          return;
        } catch (error) {
          if (!isStarting(error) || Date.now() > deadline) throw error;
        }
        await sleep(startingPauseMs, undefined, { signal });
      }
    },
    version: async (signal) => read.version(await call(runtime.Version, {}, quick, signal)),
    cniConfig: async (signal) => read.cniConfig(await call(runtime.Status, { verbose: true }, quick, signal)),
    status: async (signal) => read.conditions(await call(runtime.Status, {}, quick, signal)),

    runPodSandbox: async (config, signal) =>
      read.sandboxId(await heavyCall(runtime.RunPodSandbox, { config }, sandboxWork, signal)),
    async stopPodSandbox(podSandboxId, signal) {
      await heavyCall(runtime.StopPodSandbox, { podSandboxId }, sandboxWork, signal);
    },
    async removePodSandbox(podSandboxId, signal) {
      await heavyCall(runtime.RemovePodSandbox, { podSandboxId }, sandboxWork, signal);
    },
    podSandboxStatus: async (podSandboxId, signal) =>
      read.sandboxStatus(
        await call(runtime.PodSandboxStatus, { podSandboxId, verbose: true }, quick, signal),
      ),
    listPodSandbox: async (labelSelector, signal) =>
      read.sandboxes(await call(runtime.ListPodSandbox, { filter: { labelSelector } }, quick, signal)),

    createContainer: async (sandbox, config, signal) => {
      const request = { podSandboxId: sandbox.id, config, sandboxConfig: sandbox.config };
      return read.containerId(await call(runtime.CreateContainer, request, containerWork, signal));
    },
    async startContainer(containerId, signal) {
      read.given(await heavyCall(runtime.StartContainer, { containerId }, containerWork, signal));
    },
    async stopContainer(containerId, graceSeconds, signal) {
      const options = { ...containerWork, timeoutMs: containerWork.timeoutMs + graceSeconds * second };
      await call(runtime.StopContainer, { containerId, timeout: graceSeconds }, options, signal);
    },
    async removeContainer(containerId, signal) {
      await call(runtime.RemoveContainer, { containerId }, containerWork, signal);
    },
    containerStatus: async (containerId, signal) =>
      read.containerStatus(
        await call(runtime.ContainerStatus, { containerId, verbose: true }, quick, signal),
      ),
    listContainers: async (labelSelector, signal) =>
      read.containers(await call(runtime.ListContainers, { filter: { labelSelector } }, quick, signal)),

    exec: (containerId, command, io, signal) =>
      execProcess({ call, tasks, containers }, containerId, command, io, signal),

    listImages: async (signal) => read.images(await call(image.ListImages, {}, quick, signal)),
    imageStatus: async (reference, signal) =>
      read.imageStatus(await call(image.ImageStatus, { image: { image: reference } }, quick, signal)),

    subscribe: (onExit, onLost) => exits.subscribe(onExit, onLost),
    [Symbol.dispose]() {
      exits.stop();
      connection.close();
    },
  };
};
