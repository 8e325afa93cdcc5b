import { setTimeout as sleep } from 'node:timers/promises';
import { deadline } from '../../../domain/deadline.js';
import { NetclaimsError } from '../../../domain/error.js';
import { objectPath } from '../api/resources.js';
import { askPatiently, type KubernetesApi } from '../kubernetes-api.js';
import type { Applied } from '../objects/apply.js';
import { unlessGone } from '../objects/delete-object.js';
import * as shapes from '../objects/kube-shapes.js';
import type { NamespaceObject, PodObject } from '../objects/kube-types.js';
import { isWorkload } from '../objects/pod-spec.js';
import { tornDown, type NodeAccess } from '../pods/torn-down.js';

type Api = Pick<KubernetesApi, 'client' | 'explain'>;

export interface Removal {
  readonly name: string;
  /** What is known to have been applied in it. */
  readonly applied: readonly Applied[];
  /** Where its pods may be. */
  readonly access: NodeAccess;
}

const lookAgainMs = 200;

/** How long a namespace may take to be empty, and then to be gone. */
const longestMs = 55_000;

/**
 * Empties a namespace of its pods and has it removed. The pods go first: the server's own removal of a namespace waits as long as pods that are
 * to end gracefully may take, and these need not. Where something makes pods that was not applied here, such as a Deployment that a command
 * made, the namespace goes first: the server takes no new objects in one that is being removed.
 * @returns a function that resolves when the namespace is gone, which takes the server some seconds more
 * @throws NetclaimsError `cluster/cleanup` when it is not empty in time, or not gone
 */
export const removeNamespace = async (
  api: Api,
  removal: Removal,
  whenAborted: AbortSignal,
  limitMs = longestMs,
): Promise<() => Promise<void>> => {
  const { name } = removal;
  const path = `/api/v1/namespaces/${name}`;
  const doing = `removing the namespace ${name}`;
  const remove: Remove = async (of, query, signal) => {
    await askPatiently(api, { method: 'DELETE', path: of, query }, doing, signal).catch(unlessGone);
  };
  const pods: Pods = async (signal) => {
    const request = { method: 'GET', path: `${path}/pods`, answer: shapes.pods } as const;
    return (await askPatiently(api, request, doing, signal).catch(unlessGone)) ?? [];
  };
  const seconds = limitMs / 1_000;
  await inTime(limitMs, `${name} still has pods after ${seconds} s`, name, whenAborted, (see, signal) =>
    empty(path, removal, { remove, pods }, see, signal),
  );
  return () =>
    inTime(limitMs, `${name} is not gone after ${seconds} s`, name, whenAborted, async (see, signal) => {
      for (;;) {
        const request = { method: 'GET', path, answer: shapes.namespace } as const;
        const left = await askPatiently(api, request, doing, signal).catch(unlessGone);
        if (left === undefined) return;
        see(conditionsOf(left));
        await sleep(lookAgainMs, undefined, { signal });
      }
    });
};

type Remove = (path: string, query: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<void>;

type Pods = (signal: AbortSignal) => Promise<readonly PodObject[]>;

/** Told of what is left, for the error of what takes too long. */
type See = (left: readonly string[]) => void;

const empty = async (
  path: string,
  { name, applied, access }: Removal,
  { remove, pods: list }: { readonly remove: Remove; readonly pods: Pods },
  see: See,
  signal: AbortSignal,
): Promise<void> => {
  const pods = `${path}/pods`;
  const workloads = applied.filter(({ manifest }) => isWorkload(manifest.kind) && manifest.kind !== 'Pod');
  await Promise.all(
    workloads.map(({ manifest, resource }) =>
      remove(objectPath(resource, name, manifest.name), { propagationPolicy: 'Background' }, signal),
    ),
  );
  let seen: ReadonlySet<string> | undefined;
  let removing = false;
  for (;;) {
    const left = await list(signal);
    if (left.length === 0) break;
    see(left.map(({ metadata }) => `pod ${metadata?.name ?? ''}`));
    seen ??= workloads.length > 0 ? new Set(left.map(uidOf)) : new Set(left.filter(isAlone).map(uidOf));
    if (!removing && left.some((pod) => seen?.has(uidOf(pod)) === false)) {
      await remove(path, {}, signal);
      removing = true;
    }
    if (left.some(({ metadata }) => !isEnding(metadata)))
      await remove(pods, { gracePeriodSeconds: '1' }, signal);
    for (const { metadata } of await tornDown(left, name, access, signal)) {
      await remove(`${pods}/${metadata?.name ?? ''}`, { gracePeriodSeconds: '0' }, signal);
    }
    await sleep(lookAgainMs, undefined, { signal });
  }
  if (!removing) await remove(path, {}, signal);
};

const uidOf = ({ metadata }: PodObject): string => metadata?.uid ?? '';

/** Whether no controller made it, which would make another one in its place. */
const isAlone = ({ metadata }: PodObject): boolean => (metadata?.ownerReferences ?? []).length === 0;

/** Whether a pod is being deleted, and quickly. */
const isEnding = (metadata: PodObject['metadata']): boolean =>
  metadata?.deletionTimestamp !== undefined && (metadata.deletionGracePeriodSeconds ?? 0) <= 1;

/** Why a namespace stays, as the server says it. */
const conditionsOf = ({ status }: NamespaceObject): readonly string[] =>
  (status?.conditions ?? []).flatMap(({ status: is, message }) =>
    is === 'True' && message !== undefined ? [message] : [],
  );

/** Does work that has to end in time, and says what was left where it does not. */
const inTime = async (
  limitMs: number,
  what: string,
  name: string,
  whenAborted: AbortSignal,
  work: (see: See, signal: AbortSignal) => Promise<void>,
): Promise<void> => {
  const signal = deadline(limitMs, whenAborted);
  let left: readonly string[] = [];
  try {
    await work((now) => (left = now), signal);
  } catch (cause) {
    whenAborted.throwIfAborted();
    if (!signal.aborted) throw cause;
    throw new NetclaimsError({
      code: 'cluster/cleanup',
      what: `the namespace ${what}`,
      evidence: left,
      remedy: `see what holds it: \`kubectl describe namespace ${name}\``,
      cause,
    });
  }
};
