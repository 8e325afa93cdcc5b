import { loadAll } from 'js-yaml';
import type { Check, CommandCheck } from '../plan/plan.js';

type KubernetesObject = Readonly<Record<string, unknown>>;

/** The Kubernetes objects that a document makes: its manifests, and the pods of its `kubectl run`. What cannot be read is left out. */
export const objectsOf = (checks: readonly Check[]): readonly KubernetesObject[] => [
  ...new Map(
    checks
      .flatMap((check) => {
        if (check.kind === 'manifest' || check.kind === 'file') return parsed(check.lines.join('\n'));
        return check.kind === 'command' ? runPods(check) : [];
      })
      .map((object) => [`${String(object.kind)} ${nameOf(object)}`, object] as const),
  ).values(),
];

/** An object's name. */
export const nameOf = ({ metadata }: KubernetesObject): string =>
  isObject(metadata) && typeof metadata.name === 'string' ? metadata.name : '';

/** The first container of each pod. */
export const firstContainers = (objects: readonly KubernetesObject[]): ReadonlyMap<string, string> =>
  new Map(
    objects.flatMap((object) => {
      const { spec } = object;
      const containers =
        isObject(spec) && Array.isArray(spec.containers) ? (spec.containers as readonly unknown[]) : [];
      const [first] = containers;
      return isObject(first) && typeof first.name === 'string' ? [[nameOf(object), first.name] as const] : [];
    }),
  );

const parsed = (text: string): readonly KubernetesObject[] => {
  try {
    return loadAll(text)
      .filter(isObject)
      .filter((object) => typeof object.kind === 'string')
      .map((object) => {
        // A scenario has a namespace of its own.
        const metadata = isObject(object.metadata) ? Object.entries(object.metadata) : [];
        return { ...object, metadata: Object.fromEntries(metadata.filter(([key]) => key !== 'namespace')) };
      });
  } catch {
    return [];
  }
};

const runPods = ({ statement }: CommandCheck): readonly KubernetesObject[] =>
  statement.commands.flatMap(({ words: [command, verb, name, ...rest] }) => {
    const image = rest.find((word) => word.startsWith('--image='))?.slice('--image='.length);
    if (command !== 'kubectl' || verb !== 'run' || name === undefined || image === undefined) return [];
    const at = rest.indexOf('--');
    const container = { name, image, ...(at === -1 ? {} : { args: rest.slice(at + 1) }) };
    return [{ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers: [container] } }];
  });

const isObject = (value: unknown): value is KubernetesObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
