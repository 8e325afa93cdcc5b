import pLimit from 'p-limit';
import { anyBoolean, anyText, listOf, listOrNull, objectOf, type Shape } from './answer-shape.js';
import type { ApiClient } from './api-client.js';
import { hasStatus } from './api-error.js';
import { patienceMs, retried } from './retried.js';

/** A kind of object that the server has, and where its objects are found. */
export interface Resource {
  readonly kind: string;
  readonly apiVersion: string;
  /** As paths have it: `pods`. */
  readonly plural: string;
  readonly namespaced: boolean;
}

/** The kinds of a server. */
export interface Resources {
  find(apiVersion: string, kind: string): Resource | undefined;
  /** The first kind of that name, those of Kubernetes itself before those of extensions. */
  byKind(kind: string): Resource | undefined;
  /** The API versions that could not be read: what they have is not known. */
  readonly unread: ReadonlySet<string>;
}

interface ListedKind {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

const resourceList = objectOf<{ readonly resources: readonly ListedKind[] }>({
  resources: listOrNull(objectOf<ListedKind>({ name: anyText, kind: anyText, namespaced: anyBoolean })),
});

interface Group {
  readonly versions: readonly { readonly groupVersion: string }[];
}

const groupList = objectOf<{ readonly groups: readonly Group[] }>({
  groups: listOrNull(
    objectOf<Group>({
      versions: listOf(objectOf<{ readonly groupVersion: string }>({ groupVersion: anyText })),
    }),
  ),
});

/** Asks the server what kinds it has: one request for each version of a group, a few at once. */
export const discover = async (client: ApiClient, signal: AbortSignal): Promise<Resources> => {
  const get = async <T>(path: string, answer: Shape<T>) =>
    (await retried(() => client.ask({ method: 'GET', path, answer }, signal), patienceMs, signal)).body;
  const { groups } = await get('/apis', groupList);
  const versions = ['v1', ...groups.flatMap((group) => group.versions.map((each) => each.groupVersion))];
  const unread = new Set<string>();
  const limit = pLimit(4);
  const lists = await Promise.all(
    versions.map((version) =>
      limit(async () => {
        try {
          return kindsOf(version, (await get(basePath(version), resourceList)).resources);
        } catch (error) {
          // One that another server answers for may be away, as metrics often are, and takes nothing else with it.
          if (version === 'v1' || hasStatus(error, 401) || signal.aborted) throw error;
          unread.add(version);
          return [];
        }
      }),
    ),
  );
  return resourcesFrom(lists.flat(), unread);
};

/** The kinds of a list, in its order. */
export const resourcesFrom = (
  all: readonly Resource[],
  unread: ReadonlySet<string> = new Set(),
): Resources => {
  const byKey = new Map(all.map((resource) => [`${resource.apiVersion} ${resource.kind}`, resource]));
  return {
    find: (apiVersion, kind) => byKey.get(`${apiVersion} ${kind}`),
    byKind: (kind) => all.find((resource) => resource.kind === kind),
    unread,
  };
};

const kindsOf = (apiVersion: string, listed: readonly ListedKind[]): readonly Resource[] =>
  listed
    // `pods/exec` and the like are no kinds of objects.
    .filter(({ name }) => !name.includes('/'))
    .map(({ name, kind, namespaced }) => ({ apiVersion, kind, plural: name, namespaced }));

const basePath = (apiVersion: string): string =>
  apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;

/** The path of a namespace's objects of a kind, or of one of them. */
export const objectPath = (
  { apiVersion, plural }: Pick<Resource, 'apiVersion' | 'plural'>,
  namespace: string,
  name?: string,
): string =>
  [
    `${basePath(apiVersion)}/namespaces/${namespace}/${plural}`,
    ...(name === undefined ? [] : [encodeURIComponent(name)]),
  ].join('/');
