import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { absent } from '../../../domain/absent.js';
import type { Node, World } from '../../../domain/cluster.js';
import { NetclaimsError } from '../../../domain/error.js';
import { allDone } from '../../../domain/all-done.js';
import type { CriClient } from '../cri/cri-client.js';
import { admitPods } from './admit-pods.js';
import { awaitReady, type ReadinessTools } from './await-ready.js';
import { awaitAnnotation } from '../../await-annotation.js';
import { awaitSuccessor } from './await-successor.js';
import type { Changes } from '../../changes.js';
import type { Footing } from '../../ground/watch-ground.js';
import { parseResolvConf } from './dns-config.js';
import { nodePaths } from '../node/containerd-config.js';
import { execArgv, execInContainer } from './exec.js';
import { podAccount } from './explain-pod.js';
import type { ImageSource } from './fetch-images.js';
import { killPods } from './kill-pods.js';
import { podFilesOn } from './pod-files.js';
import { logFolderOf, namespaceLabel, uidLabel, type NodeIdentity } from './pod-identity.js';
import type { PodManifest } from './pod-manifest.js';
import { podRecord } from './pod-record.js';
import type { PodRunner } from './pod-runner.js';
import { sandboxesFooting } from './sandboxes-footing.js';
import { removePods } from './remove-pods.js';

/** What a world needs of a node that pods of it run on. */
export interface NodeDependencies {
  readonly cri: CriClient;
  readonly node: Node;
  readonly identity: NodeIdentity;
  /** The name of the CNI network. */
  readonly network: string;
  readonly images: ImageSource;
  /** The path by which this machine opens a path on the node: below /proc/PID/root of the node's first process. */
  readonly here: (path: string) => string;
}

/** The part of a world that is on one node. */
export interface NodeWorld extends Omit<World, 'namespace' | 'ground' | 'apply' | 'delete' | 'changed'> {
  /** The sandboxes of its pods. */
  readonly footing: Footing;
  /** Begins to run pods that were admitted, and waits until those are ready whose readiness matters. */
  run(pods: readonly PodManifest[], signal: AbortSignal): Promise<void>;
  delete(pod: string, signal: AbortSignal): Promise<void>;
  /** Aborted when the node's containerd is gone. */
  readonly lost: AbortSignal;
}

interface Target {
  readonly pod: string;
  readonly container: string;
}

/**
 * Opens a namespace on a node. What an earlier world of that name left there is removed first.
 * @param changes told of all that changes in the world
 * @throws NetclaimsError `cluster/cri-…`, `cluster/cleanup`
 */
export const openNodeWorld = async (
  dependencies: NodeDependencies,
  namespace: string,
  changes: Changes,
): Promise<NodeWorld> => {
  const { cri, node, images, here } = dependencies;
  const always = new AbortController().signal;
  const files = podFilesOn(node, here);
  const pods = new Map<string, PodRunner>();
  const lost = new AbortController();
  const labels = { [namespaceLabel]: namespace };
  const pipes = { there: nodePaths.execPipes, here: here(nodePaths.execPipes) };

  const sandboxes = sandboxesFooting(node.name, pods, here);
  const subscription = cri.subscribe(
    (event) => {
      sandboxes.onExit(event);
      for (const pod of pods.values()) pod.onExit(event);
    },
    (error) => {
      lost.abort(error);
      changes.notify();
    },
  );
  if (subscription.lost !== undefined) throw subscription.lost;
  const open = async () => {
    await removePods(labels, [], { cri, files }, always);
    return parseResolvConf((await readFile(here('/etc/resolv.conf'), 'utf8').catch(absent)) ?? '');
  };
  const dns = await open().catch((error: unknown) => {
    subscription[Symbol.dispose]();
    throw error;
  });

  const tools = { cri, files, images, dns, changed: () => changes.notify() };
  const readiness: ReadinessTools = {
    changes,
    throwIfLost: () => lost.signal.throwIfAborted(),
    logOf: ({ identity }, container, attempt) => files.lastLines(identity, container, attempt),
    processesExist: ({ state }) => {
      const pids = [...state.containers.values()].flatMap(({ process }) =>
        process.state === 'running' ? [process.pid] : [],
      );
      // Events come late on a busy machine. The process file system is the node's, and so are the pids.
      return pids.every((pid) => existsSync(here(`/proc/${pid}`)));
    },
    probe: (pod, container, command, signal) => {
      const { argv, timeoutMs } = command;
      return command.in === 'container'
        ? execIn({ pod: pod.identity.pod.name, container }, { argv, timeoutMs }, signal)
        : node.exec({ ...command, netns: record(pod).netnsPath }, signal);
    },
  };

  const record = ({ identity, state }: PodRunner) => podRecord(identity, state, dependencies.network);
  const find = (name: string): PodRunner => {
    const pod = pods.get(name);
    if (pod !== undefined) return pod;
    throw new NetclaimsError({
      code: 'pod/not-found',
      what: `there is no pod ${name}`,
      evidence: [`pods of ${namespace}: ${[...pods.keys()].join(', ') || 'none'}`],
      remedy: 'name a pod of the manifests that no earlier step deleted',
    });
  };
  const containerId = ({ pod, container }: Target): string =>
    pods.get(pod)?.state.containers.get(container)?.id ?? '';

  const execIn: World['exec'] = async (target, command, signal) => {
    lost.signal.throwIfAborted();
    find(target.pod);
    const name = `${target.pod}/${target.container}`;
    return execInContainer(cri, { id: containerId(target), name, pipes }, command, signal);
  };

  let disposed: Promise<void> | undefined;
  const dispose = async (): Promise<void> => {
    await allDone([...pods.values()].map((pod) => pod.stop()));
    const known = [...pods.values()].map(({ identity }) => ({
      uid: identity.uid,
      logFolder: logFolderOf(identity),
    }));
    try {
      lost.signal.throwIfAborted();
      await killPods([...pods.values()], node, always);
      await removePods(labels, known, { cri, files }, always);
    } finally {
      pods.clear();
      changes.notify();
      subscription[Symbol.dispose]();
    }
  };

  return {
    lost: lost.signal,
    footing: sandboxes,

    async run(wanted, signal) {
      lost.signal.throwIfAborted();
      const running = admitPods(wanted, {
        ...dependencies,
        namespace,
        pods,
        tools,
        changes,
        lost: lost.signal,
      });
      await allReady(running.filter(isAwaited), readiness, signal);
    },

    async delete(name, signal) {
      const pod = find(name);
      const { identity, state } = pod;
      await pod.stop();
      lost.signal.throwIfAborted();
      await allDone(
        [...state.containers.values()]
          .filter(({ process }) => process.state === 'running')
          .map(({ id }) => cri.stopContainer(id, identity.pod.graceSeconds, signal)),
      );
      const known = [{ uid: identity.uid, logFolder: logFolderOf(identity) }];
      await removePods({ [uidLabel]: identity.uid }, known, { cri, files }, signal);
      pods.delete(name);
      changes.notify();
    },

    async pods(signal) {
      lost.signal.throwIfAborted();
      // The states are kept up to date by events; this shows that whoever sends them is there to do so.
      await cri.version(signal);
      return [...pods.values()].map(record);
    },

    describe: () =>
      Promise.resolve(
        [...pods.values()].map((pod) => ({
          name: `pod-${pod.identity.pod.name}-status`,
          content: podAccount(pod),
          keep: 'beginning',
        })),
      ),

    exec: execIn,
    replayExec: (target, argv) =>
      node.replay({ argv: execArgv(containerId(target) || `${target.pod}/${target.container}`, argv) }),
    restart: (target, signal) => awaitSuccessor(find(target.pod), target.container, readiness, signal),
    [Symbol.asyncDispose]: () => (disposed ??= dispose()),
  };
};

const isAwaited = ({ identity }: PodRunner): boolean =>
  identity.pod.annotations[awaitAnnotation] !== 'nothing';

/** Waits for all pods side by side, and for none any more once one of them cannot become ready. */
const allReady = async (
  pods: readonly PodRunner[],
  tools: ReadinessTools,
  signal: AbortSignal,
): Promise<void> => {
  const failed = new AbortController();
  const waits = pods.map((pod) =>
    awaitReady(pod, tools, AbortSignal.any([signal, failed.signal])).catch((error: unknown) => {
      failed.abort(error);
      throw error;
    }),
  );
  await Promise.allSettled(waits);
  // The one that made the others stop is told of; of several that ran out of time, the first in the manifests' order.
  if (!signal.aborted) failed.signal.throwIfAborted();
  await allDone(waits);
};
