type JsonObject = Readonly<Record<string, unknown>>;

/** Where each kind that makes pods has their specification. */
const places: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  Deployment: ['spec', 'template', 'spec'],
  ReplicaSet: ['spec', 'template', 'spec'],
  ReplicationController: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};

/** Whether objects of this kind make pods. */
export const isWorkload = (kind: string): boolean => Object.hasOwn(places, kind);

/** The images that an object's pods are made of. */
export const imagesOf = (kind: string, object: JsonObject): readonly string[] =>
  containersOf(podSpecOf(kind, object)).flatMap(({ image }) => (typeof image === 'string' ? [image] : []));

/**
 * The object with what Kubernetes leaves out or chooses otherwise:
 * - `imagePullPolicy: IfNotPresent` where none is said. It would ask a registry for `nginx` and `nginx:latest` each time, also where the image is on the
 *   node and there is no registry; no claim about a network depends on that.
 * - `protocol: TCP` of ports, by which the server tells ports apart. It fills that in by itself, but 1.20 not before it wants it.
 */
export const withDefaults = (kind: string, object: JsonObject): JsonObject => {
  if (kind === 'Service') return changed(object, ['spec'], withProtocols);
  const place = places[kind];
  return place === undefined ? object : changed(object, place, podDefaults);
};

const podDefaults = (spec: JsonObject): JsonObject => ({
  ...spec,
  ...Object.fromEntries(
    lists
      .filter((list) => Array.isArray(spec[list]))
      .map((list) => [
        list,
        (spec[list] as readonly unknown[]).map((container) =>
          isObject(container) ? withProtocols({ imagePullPolicy: 'IfNotPresent', ...container }) : container,
        ),
      ]),
  ),
});

const withProtocols = (holder: JsonObject): JsonObject =>
  Array.isArray(holder.ports)
    ? {
        ...holder,
        ports: (holder.ports as readonly unknown[]).map((port) =>
          isObject(port) ? { protocol: 'TCP', ...port } : port,
        ),
      }
    : holder;

const lists = ['initContainers', 'containers'] as const;

const containersOf = (spec: JsonObject): readonly JsonObject[] =>
  lists
    .flatMap((list) => (Array.isArray(spec[list]) ? (spec[list] as readonly unknown[]) : []))
    .filter(isObject);

const podSpecOf = (kind: string, object: JsonObject): JsonObject => {
  const spec = (places[kind] ?? []).reduce<unknown>(
    (inner, key) => (isObject(inner) ? inner[key] : undefined),
    object,
  );
  return places[kind] !== undefined && isObject(spec) ? spec : {};
};

/** A copy in which what is at the end of the path is changed; the object itself when there is nothing there. */
const changed = (
  object: JsonObject,
  [key, ...rest]: readonly string[],
  change: (inner: JsonObject) => JsonObject,
): JsonObject => {
  if (key === undefined) return change(object);
  const inner = object[key];
  return isObject(inner) ? { ...object, [key]: changed(inner, rest, change) } : object;
};

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
