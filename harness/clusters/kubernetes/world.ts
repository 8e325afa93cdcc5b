import { quote } from 'zx';
import type { Node, World } from '../../domain/cluster.js';
import { NetclaimsError } from '../../domain/error.js';
import { hasStatus } from './api/api-error.js';
import { hangBell } from './api/bell.js';
import { objectPath, type Resource } from './api/resources.js';
import { askPatiently, type KubernetesApi } from './kubernetes-api.js';
import { noticeLoss } from './notice-loss.js';
import { applyAll, type Applied } from './objects/apply.js';
import type { AnyObject } from './objects/kube-types.js';
import { imagesOf } from './objects/pod-spec.js';
import type { Holdings } from './ownership/holdings.js';
import { execInPod } from './pods/exec-in-pod.js';
import { readPods } from './pods/pod-records.js';
import { restartContainer } from './pods/restart-container.js';
import { awaitReady } from './readiness/await-ready.js';

/** What a world needs of its cluster. */
export interface WorldDependencies {
  readonly api: KubernetesApi;
  readonly nodes: readonly Node[];
  readonly holdings: Holdings;
  readonly images: ((references: readonly string[], signal: AbortSignal) => Promise<void>) | undefined;
  readonly kubectl: readonly string[];
}

/** What happens on a node need not show in the API at once, or at all. */
const longestQuietMs = 1_000;

/** Opens a namespace in a cluster. @throws NetclaimsError `cluster/…` */
export const openWorld = async (dependencies: WorldDependencies, namespace: string): Promise<World> => {
  const { api, nodes, holdings, images, kubectl } = dependencies;
  const always = new AbortController().signal;
  const noticing = noticeLoss(nodes);
  await noticing(() => holdings.create(namespace, always));
  const bell = hangBell(api.client, namespace);
  const applied = new Map<string, Applied>();
  const changed = (atMostMs: number, signal: AbortSignal) =>
    bell.next(Math.min(atMostMs, longestQuietMs), signal);

  const pods: World['pods'] = (signal) => noticing(() => readPods(api, namespace, nodes, signal));

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

  const remove = async (resource: Resource, name: string, signal: AbortSignal): Promise<void> => {
    const ask = (method: 'GET' | 'DELETE') =>
      askPatiently(
        api,
        {
          method,
          path: objectPath(resource, namespace, name),
          ...(method === 'DELETE' ? { query: { propagationPolicy: 'Foreground' } } : {}),
        },
        `deleting ${resource.kind} ${name}`,
        signal,
      ) as Promise<AnyObject>;
    const { metadata } = await ask('GET').catch((error: unknown) => {
      throw isGone(error) ? notFound(resource.kind, name, namespace) : error;
    });
    await ask('DELETE').catch(unlessGone);
    const isStillThere = async () => {
      const now = await ask('GET').catch(unlessGone);
      return now !== undefined && now.metadata?.uid === metadata?.uid;
    };
    while (await isStillThere()) await changed(longestQuietMs / 4, signal);
    applied.delete(`${resource.kind} ${name}`);
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

    apply: (manifests, signal) =>
      noticing(async () => {
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
      }),

    delete: ({ kind, name }, signal) => noticing(() => remove(resourceOf(kind), name, signal)),

    exec: (target, command, signal) =>
      noticing(() => execInPod(api, { namespace, ...target }, command, signal)),

    replayExec: ({ pod, container }, argv) =>
      [...kubectl, '--namespace', namespace, 'exec', pod, '--container', container, '--', ...argv]
        .map(quote)
        .join(' '),

    restart: (target, signal) =>
      noticing(() =>
        restartContainer(
          namespace,
          target,
          { api, nodes, pods, changed: (stop) => changed(longestQuietMs, stop) },
          signal,
        ),
      ),

    [Symbol.asyncDispose]: () => (disposed ??= noticing(dispose)),
  };
};

const isGone = (error: unknown): boolean => error instanceof NetclaimsError && hasStatus(error.cause, 404);

const unlessGone = (error: unknown): undefined => {
  if (isGone(error)) return undefined;
  throw error;
};

const notFound = (kind: string, name: string, namespace: string): NetclaimsError =>
  new NetclaimsError({
    code: 'pod/not-found',
    what: `there is no ${kind} ${name} in ${namespace}`,
    remedy: 'name an object of the manifests that no earlier step deleted',
  });
