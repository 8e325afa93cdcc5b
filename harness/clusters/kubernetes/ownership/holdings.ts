import type { NodeAccess } from '../pods/torn-down.js';
import { allDone } from '../../../domain/all-done.js';
import { deadline } from '../../../domain/deadline.js';
import type { KubernetesApi } from '../kubernetes-api.js';
import type { Applied } from '../objects/apply.js';
import { annotate, createNamespace, marks, ourNamespaces } from './namespaces.js';
import { removeNamespace } from './remove-namespace.js';
import { lives, parseOwner, thisOwner } from './owner.js';

type Api = Pick<KubernetesApi, 'client' | 'explain'>;

/** The namespaces that this process has made in a cluster, and gives signs of life for as long as it has them. */
export interface Holdings extends AsyncDisposable {
  create(name: string, signal: AbortSignal): Promise<void>;
  /** Resolves when the namespace's pods are gone. That the namespace itself is gone, disposing of the holdings waits for. */
  remove(name: string, applied: readonly Applied[]): Promise<void>;
  /** Leaves what is held to whoever wants to look at it: no run removes it. */
  keep(): Promise<readonly string[]>;
  /** Removes what runs left that were killed; never what is not ours, is kept, or has an owner that lives. */
  sweep(signal: AbortSignal): Promise<void>;
}

/** How often a sign of life is given. Its time is the server's, as clocks of machines differ. */
const beatMs = 60_000;

/** @param access where the pods of the namespaces may be, as far as commands can be run there */
export const holdings = async (api: Api, access: NodeAccess): Promise<Holdings> => {
  const owner = await thisOwner();
  const held = new Set<string>();
  const going: Promise<void>[] = [];
  const over = new AbortController();
  const always = new AbortController().signal;
  let clockAheadMs = 0;

  const beat = () => {
    const at = new Date(Date.now() - clockAheadMs).toISOString();
    for (const name of held) {
      annotate(api, name, { [marks.signOfLife]: at }, over.signal).then(
        (serverTime) => {
          clockAheadMs = Date.now() - serverTime.getTime();
        },
        // The next sign of life makes up for this one.
        () => undefined,
      );
    }
  };
  const timer = setInterval(beat, beatMs);
  timer.unref();

  return {
    async create(name, signal) {
      held.add(name);
      await createNamespace(api, name, owner, signal).catch((error: unknown) => {
        held.delete(name);
        throw error;
      });
    },
    async remove(name, applied) {
      const gone = await removeNamespace(api, { name, applied, access }, always);
      held.delete(name);
      going.push(gone());
      // Whoever disposes hears of it.
      going.at(-1)?.catch(() => undefined);
    },

    async keep() {
      const names = [...held].sort();
      const signal = deadline(beatMs);
      await Promise.all(names.map((name) => annotate(api, name, { [marks.kept]: 'true' }, signal)));
      held.clear();
      return names;
    },

    async sweep(signal) {
      const { namespaces, serverTime } = await ourNamespaces(api, signal);
      clockAheadMs = Date.now() - serverTime.getTime();
      const left = await Promise.all(
        namespaces.map(async ({ metadata }) => {
          const { name = '', annotations = {}, deletionTimestamp } = metadata ?? {};
          const its = parseOwner(annotations[marks.owner] ?? '');
          if (its === undefined || annotations[marks.kept] !== undefined || deletionTimestamp !== undefined)
            return [];
          const seen = new Date(annotations[marks.signOfLife] ?? 0);
          return (await lives(its, seen, serverTime)) ? [] : [name];
        }),
      );
      await Promise.all(
        left
          .flat()
          .map(async (name) => (await removeNamespace(api, { name, applied: [], access }, signal))()),
      );
    },

    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      over.abort();
      await allDone(going);
    },
  };
};
