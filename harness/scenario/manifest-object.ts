import type { DocumentPath, Manifest } from '../domain/manifest.js';
import type { Problem } from '../domain/problem.js';
import { misfitsIn } from './check-object.js';
import { isKubernetesOwn, kindMistake } from './kubernetes-kinds.js';
import { podRuleMisfits } from './pod-rules.js';
import { subdomainPattern } from './schema-strings.js';
import { butIs } from './wording.js';
import type { Part, YamlDocument } from './yaml-document.js';

export interface LoadedManifests {
  readonly manifests: readonly Manifest[];
  readonly problems: readonly Problem[];
}

/** Reads the Kubernetes object at a path of a document; the items of a `List` are objects of their own. */
export const readManifest = (document: YamlDocument, at: DocumentPath, value: unknown): LoadedManifests => {
  const refuse = (path: DocumentPath, message: string, part?: Part): LoadedManifests => ({
    manifests: [],
    problems: [document.problem([...at, ...path], message, part)],
  });
  if (!isObject(value)) return refuse([], `a manifest must be a Kubernetes object${butIs(value)}`);

  const { apiVersion, kind, metadata } = value;
  if (typeof apiVersion === 'string' && apiVersion.startsWith('netclaims.dev/')) {
    return refuse(['apiVersion'], 'this is a file of netclaims, not a manifest of a Kubernetes object');
  }
  if (kind === 'List' && Array.isArray(value.items)) {
    const items = value.items.map((item, index) => readManifest(document, [...at, 'items', index], item));
    return {
      manifests: items.flatMap((item) => item.manifests),
      problems: items.flatMap((item) => item.problems),
    };
  }
  if (typeof kind === 'string' && kind.endsWith('List') && Array.isArray(value.items)) {
    return refuse(['kind'], `a ${kind} cannot be applied; write its items one by one, or as a List`);
  }

  const problems = [
    ...textProblems(document, at, value, 'apiVersion'),
    ...textProblems(document, at, value, 'kind'),
    ...kindProblems(document, at, apiVersion, kind),
    ...(isObject(metadata)
      ? metadataProblems(document, [...at, 'metadata'], metadata)
      : [document.problem(at, 'a manifest must have `metadata` with a `name`', 'key')]),
  ];
  if (problems.length > 0 || typeof kind !== 'string' || !isObject(metadata))
    return { manifests: [], problems };
  const manifest: Manifest = {
    file: document.file,
    kind,
    name: String(metadata.name),
    object: value,
    position: (path, part) => document.position([...at, ...path], part),
  };
  return { manifests: [manifest], problems: objectProblems(document, at, kind, value) };
};

type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textProblems = (
  document: YamlDocument,
  at: DocumentPath,
  object: JsonObject,
  key: string,
): readonly Problem[] => {
  const value = object[key];
  if (value === undefined) return [document.problem(at, `a manifest must have \`${key}\``, 'key')];
  if (typeof value === 'string' && value !== '') return [];
  return [document.problem([...at, key], `\`${key}\` must be a string${butIs(value)}`)];
};

/** What no Kubernetes takes, wherever the manifest is used. What one cluster cannot do of the rest is for that cluster to say. */
const objectProblems = (
  document: YamlDocument,
  at: DocumentPath,
  kind: string,
  object: JsonObject,
): readonly Problem[] => {
  // Others may define kinds of the same names in groups of their own.
  if (!isKubernetesOwn(String(object.apiVersion))) return [];
  const misfits = misfitsIn(kind, object);
  return (misfits.length > 0 ? misfits : podRuleMisfits(object)).map(({ path, part, message }) =>
    document.problem([...at, ...path], message, part),
  );
};

const kindProblems = (
  document: YamlDocument,
  at: DocumentPath,
  apiVersion: unknown,
  kind: unknown,
): readonly Problem[] => {
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || apiVersion === '' || kind === '')
    return [];
  const mistake = kindMistake(apiVersion, kind);
  return mistake === undefined ? [] : [document.problem([...at, mistake.key], mistake.message)];
};

const metadataProblems = (
  document: YamlDocument,
  at: DocumentPath,
  metadata: JsonObject,
): readonly Problem[] => [
  ...nameProblems(document, at, metadata),
  ...('namespace' in metadata
    ? [
        document.problem(
          [...at, 'namespace'],
          '`metadata.namespace` cannot be stated: each scenario and each control gets a namespace of its own',
          'key',
        ),
      ]
    : []),
];

const nameProblems = (document: YamlDocument, at: DocumentPath, metadata: JsonObject): readonly Problem[] => {
  const { name } = metadata;
  if (name === undefined) {
    const why = 'generateName' in metadata ? '; `generateName` gives none that a scenario could use' : '';
    return [document.problem(at, `a manifest must have \`metadata.name\`${why}`, 'key')];
  }
  if (typeof name === 'string' && name.length <= 253 && new RegExp(subdomainPattern).test(name)) return [];
  const rule = 'lower-case letters, digits, hyphens and dots, as DNS has them';
  return [document.problem([...at, 'name'], `\`metadata.name\` must be of ${rule}${butIs(name)}`)];
};
