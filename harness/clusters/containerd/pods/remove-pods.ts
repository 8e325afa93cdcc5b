import { setTimeout as sleep } from 'node:timers/promises';
import { asEvidence, isAbort, NetclaimsError } from '../../../domain/error.js';
import type { CriClient, Labels } from '../cri/cri-client.js';
import { isConnectionLost } from '../cri/cri-error.js';
import type { PodFiles, PodFileNames } from './pod-files.js';

export interface RemovalTools {
  readonly cri: Pick<CriClient, 'listPodSandbox' | 'stopPodSandbox' | 'removePodSandbox'>;
  readonly files: Pick<PodFiles, 'remove'>;
}

/**
 * Removes every sandbox that has the labels with all that is in it, whoever made it, side by side: processes are killed, the network
 * is given back by the CNI plugins, files are removed. Goes on after a failure.
 * @param known pods that may have files and no sandbox
 * @throws NetclaimsError `cluster/cleanup` with all failures, or `cluster/cri-lost`
 */
export const removePods = async (
  labels: Labels,
  known: readonly PodFileNames[],
  { cri, files }: RemovalTools,
  signal: AbortSignal,
): Promise<void> => {
  const sandboxes = await cri.listPodSandbox(labels, signal);
  const removed = await Promise.allSettled(
    sandboxes.map(({ id }) =>
      repeatedly(async () => {
        // Stopping kills its containers as well, and only then is its network given back.
        await cri.stopPodSandbox(id, signal);
        await cri.removePodSandbox(id, signal);
      }, signal),
    ),
  );
  const names = new Map(known.map((one) => [one.uid, one]));
  for (const { metadata } of sandboxes) {
    const { name, namespace, uid } = metadata;
    names.set(uid, { uid, logFolder: `${namespace}_${name}_${uid}` });
  }
  const cleared = await Promise.allSettled([...names.values()].map((one) => files.remove(one, signal)));
  throwAll([...removed, ...cleared], labels, signal);
};

/** Between one attempt and the next. What has to pass by itself in them takes a fraction of a second on a busy machine. */
const pausesMs = [50, 200, 500, 1000];

/**
 * A container that ends by itself in that moment takes its shim away from under containerd ("ttrpc: closed"), and one whose start is still
 * under way, or failing, is neither to be stopped nor to be removed. Both pass; stopping and removing go on where they were, so
 * that they are tried again, as a kubelet does.
 */
const repeatedly = async (work: () => Promise<void>, signal: AbortSignal): Promise<void> => {
  for (const pauseMs of pausesMs) {
    try {
      await work();
      return;
    } catch (error) {
      if (isConnectionLost(error)) throw error;
    }
    await sleep(pauseMs, undefined, { signal });
  }
  await work();
};

const throwAll = (
  results: readonly PromiseSettledResult<void>[],
  labels: Labels,
  signal: AbortSignal,
): void => {
  const errors = results.flatMap((result) =>
    result.status === 'rejected' ? [result.reason as unknown] : [],
  );
  const lost = errors.find(isConnectionLost);
  if (lost instanceof NetclaimsError) throw lost;
  if (errors.length === 0) return;
  // Why it was stopped says more than that it was.
  if (errors.every((error) => isAbort(error) || error === signal.reason)) throw signal.reason;
  throw new NetclaimsError({
    code: 'cluster/cleanup',
    what: `not everything of ${Object.values(labels).join(' ')} could be removed`,
    evidence: errors.flatMap(asEvidence),
    remedy: 'what is left goes with the cluster; a kept one is removed by `netclaims cluster down`',
    cause: errors[0],
  });
};
