import { quote } from 'zx/core';
import type { World } from '../../domain/cluster.js';
import { NetclaimsError } from '../../domain/error.js';
import { hangBell } from './api/bell.js';
import type { Resource } from './api/resources.js';
import type { KubernetesApi } from './kubernetes-api.js';
import { applyAll, type Applied } from './objects/apply.js';
import { deleteObject } from './objects/delete-object.js';
import { imagesOf } from './objects/pod-spec.js';
import type { Holdings } from './ownership/holdings.js';
import { describePods } from './pods/describe-pods.js';
import { execInPod } from './pods/exec-in-pod.js';
import type { NodeAccess } from './pods/torn-down.js';
import { readPods } from './pods/pod-records.js';
import { restartContainer } from './pods/restart-container.js';
import { awaitReady } from './readiness/await-ready.js';

/** What a world needs of its cluster. */
export interface WorldDependencies {
  readonly api: KubernetesApi;
  readonly access: NodeAccess;
  readonly holdings: Holdings;
  readonly images: ((references: readonly string[], signal: AbortSignal) => Promise<void>) | undefined;
  readonly kubectl: readonly string[];
}

/** What happens on a node need not show in the API at once, or at all. */
const longestQuietMs = 1_000;

/** Opens a namespace in a cluster. @throws NetclaimsError `cluster/…` */
export const openWorld = async (dependencies: WorldDependencies, namespace: string): Promise<World> => {
  const { api, access, holdings, images, kubectl } = dependencies;
  const always = new AbortController().signal;
  await holdings.create(namespace, always);
  const bell = hangBell(api.client, namespace);
  const applied = new Map<string, Applied>();
  const changed = (atMostMs: number, signal: AbortSignal) =>
    bell.next(Math.min(atMostMs, longestQuietMs), signal);

  const pods: World['pods'] = (signal) => readPods(api, namespace, access, signal);

  /** The kind as it was applied here, for a name may be that of several kinds. */
  const resourceOf = (kind: string): Resource => {
    const here = [...applied.values()].find(({ resource }) => resource.kind === kind)?.resource;
    const resource = here ?? api.resources.byKind(kind);
    if (resource?.namespaced === true) return resource;
    throw new NetclaimsError({
      code: 'pod/not-found',
      what: `the cluster has no ${kind} that is in a namespace`,
    });
  };

  let disposed: Promise<void> | undefined;
  const dispose = async (): Promise<void> => {
    await bell[Symbol.asyncDispose]();
    await holdings.remove(namespace, [...applied.values()]);
  };

  return {
    namespace,
    pods,
    changed,

    async apply(manifests, signal) {
      const references = manifests.flatMap(({ kind, object }) => imagesOf(kind, object));
      if (references.length > 0) await images?.([...new Set(references)], signal);
      const own: Applied[] = [];
      await applyAll(
        api,
        namespace,
        manifests,
        (each) => {
          own.push(each);
          applied.set(`${each.manifest.kind} ${each.manifest.name}`, each);
        },
        signal,
      );
      await awaitReady(api, namespace, own, bell, signal);
    },

    async delete({ kind, name }, signal) {
      const changedSoon = (stop: AbortSignal) => changed(longestQuietMs / 4, stop);
      await deleteObject(resourceOf(kind), namespace, name, { api, access, changed: changedSoon }, signal);
      applied.delete(`${kind} ${name}`);
    },

    describe: (signal) => describePods(api, namespace, signal),

    exec: (target, command, signal) => execInPod(api, { namespace, ...target }, command, signal),

    replayExec: ({ pod, container }, argv) =>
      [...kubectl, '--namespace', namespace, 'exec', pod, '--container', container, '--', ...argv]
        .map(quote)
        .join(' '),

    restart: (target, signal) =>
      restartContainer(
        namespace,
        target,
        { api, nodes: access.nodes, pods, changed: (stop) => changed(longestQuietMs, stop) },
        signal,
      ),

    [Symbol.asyncDispose]: () => (disposed ??= dispose()),
  };
};
