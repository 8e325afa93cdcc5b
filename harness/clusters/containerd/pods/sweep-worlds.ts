import { readdir } from 'node:fs/promises';
import { absent } from '../../../domain/absent.js';
import type { Node } from '../../../domain/cluster.js';
import { allDone } from '../../../domain/all-done.js';
import { deadline } from '../../../domain/deadline.js';
import { describeError, NetclaimsError } from '../../../domain/error.js';
import { isConnectionLost } from '../cri/cri-error.js';
import { podPaths, type PodFileNames } from './pod-files.js';
import { namespaceLabel } from './pod-identity.js';
import { removePods, type RemovalTools } from './remove-pods.js';
import { endStrayShims, straysOf } from './remove-strays.js';
import type { WorldOwners } from './world-owners.js';

export interface SweepTools extends RemovalTools {
  readonly node: Node;
  /** The path by which this machine opens a path on the node. */
  readonly here: (path: string) => string;
}

/** How long that may take: a CNI plugin whose DEL hangs must not keep every later run from beginning. */
const sweepMs = 20_000;

/**
 * Removes the pods of worlds whose owner was killed, with all that they left on the nodes; never those of a living run. What cannot be
 * removed in time is told, and stays for the next run to try.
 * @throws NetclaimsError `cluster/cri-lost`, or why the signal was aborted
 */
export const sweepWorlds = async (
  owners: Pick<WorldOwners, 'inherit' | 'release'>,
  nodes: readonly SweepTools[],
  progress: (text: string) => void,
  signal: AbortSignal,
  limitMs = sweepMs,
): Promise<void> => {
  const orphans = await owners.inherit();
  if (orphans.length === 0) return;
  const inTime = deadline(limitMs, signal);
  try {
    await sweepAll(orphans, owners, nodes, inTime);
  } catch (error) {
    signal.throwIfAborted();
    if (isConnectionLost(error)) throw error;
    const left = new NetclaimsError({
      code: 'cluster/cleanup',
      what: `not all that a killed run left could be removed${inTime.aborted ? ` within ${limitMs / 1_000} s` : ''}`,
      evidence: [`its worlds: ${orphans.join(', ')}`, describeError(error)],
      remedy: 'remove the cluster with `netclaims cluster down`, and make another one',
      cause: error,
    });
    progress(describeError(left).replaceAll(/\n\s*/g, '; '));
  }
};

const sweepAll = async (
  orphans: readonly string[],
  owners: Pick<WorldOwners, 'release'>,
  nodes: readonly SweepTools[],
  signal: AbortSignal,
): Promise<void> => {
  await allDone(
    orphans.map(async (namespace) => {
      await allDone(
        nodes.map(async (tools) => sweepWorld(namespace, await podsOf(namespace, tools), tools, signal)),
      );
      await owners.release(namespace);
    }),
  );
  await allDone(nodes.map(({ node, here }) => endStrayShims(node, here, signal)));
};

/** A pod whose maker was killed early has files and no sandbox yet. */
const podsOf = async (namespace: string, { here }: SweepTools): Promise<readonly PodFileNames[]> => {
  const folders = (await readdir(here(podPaths.logs)).catch(absent)) ?? [];
  return folders
    .filter((folder) => folder.startsWith(`${namespace}_`))
    .map((logFolder) => ({ logFolder, uid: logFolder.slice(logFolder.lastIndexOf('_') + 1) }));
};

const sweepWorld = async (
  namespace: string,
  known: readonly PodFileNames[],
  tools: SweepTools,
  signal: AbortSignal,
): Promise<void> => {
  const remove = () => removePods({ [namespaceLabel]: namespace }, known, tools, signal);
  const strays = straysOf(namespace, tools.node);
  const failure = await remove().then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  if (failure !== undefined && isConnectionLost(failure.error)) throw failure.error;
  const left = await strays.list(signal);
  if (left.length > 0) {
    await strays.end(left, signal);
    await remove();
    await strays.remove(await strays.list(signal), signal);
  } else if (failure !== undefined) {
    throw failure.error;
  }
};
