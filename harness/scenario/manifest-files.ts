import { resolve } from 'node:path';
import type { DocumentPath, Manifest } from '../domain/manifest.js';
import { byPlace, type Problem } from '../domain/problem.js';
import { readManifest, type LoadedManifests } from './manifest-object.js';
import { readText } from './read-text.js';
import { aboutFile, fileNamedIn } from './scenario-files.js';
import type { RawManifests, Written } from './written-scenario.js';
import { readYaml, type YamlDocument } from './yaml-document.js';

/** The objects of a manifest file (YAML or JSON, several documents allowed), with every problem of it, by place. */
export const loadManifests = async (file: string, signal?: AbortSignal): Promise<LoadedManifests> => {
  const loaded = await readManifestFile(file, signal);
  return 'reason' in loaded ? { manifests: [], problems: [aboutFile(file, loaded.reason)] } : loaded;
};

type ManifestFile = LoadedManifests | { readonly reason: string };

const readManifestFile = async (file: string, signal?: AbortSignal): Promise<ManifestFile> => {
  const source = await readText(file, signal);
  if ('reason' in source) return source;
  const { documents, problems } = readYaml(source, 'manifest');
  if (problems.length > 0) return { manifests: [], problems };
  // `null` is what a template leaves of an object that it left out.
  const written = documents.filter(({ value }) => value !== null);
  if (written.length === 0) return { manifests: [], problems: [aboutFile(file, 'has no Kubernetes object')] };
  const loaded = written.map((document) => readManifest(document, [], document.value));
  return {
    manifests: loaded.flatMap((one) => one.manifests),
    problems: loaded.flatMap((one) => one.problems).sort(byPlace),
  };
};

/** Reads each file once, however many worlds use it. */
export type ManifestReader = (file: string) => Promise<ManifestFile>;

export const manifestReader = (signal?: AbortSignal): ManifestReader => {
  const read = new Map<string, Promise<ManifestFile>>();
  return (file) => {
    const path = resolve(file);
    const reading = read.get(path) ?? readManifestFile(file, signal);
    read.set(path, reading);
    return reading;
  };
};

/** What a `manifests` list stands for. */
export interface ManifestList extends LoadedManifests {
  /** Whether all of it could be read, so that what is not in it does not exist. */
  readonly complete: boolean;
}

export const noManifests: ManifestList = { manifests: [], problems: [], complete: true };

/** Reads a `manifests` list at a path of a scenario file. */
export const readManifestList = async (
  document: YamlDocument,
  path: DocumentPath,
  list: Written<RawManifests>,
  read: ManifestReader,
): Promise<ManifestList> => {
  const entries = await Promise.all(
    list.map((entry, index) => readEntry(document, [...path, index], entry, read)),
  );
  const problems = entries.flatMap((entry) => entry.problems);
  return {
    manifests: entries.flatMap((entry) => entry.manifests),
    problems: [...problems, ...twice(document, path, entries)],
    complete: problems.length === 0 && !list.includes(undefined),
  };
};

const readEntry = async (
  document: YamlDocument,
  at: DocumentPath,
  entry: Written<RawManifests>[number],
  read: ManifestReader,
): Promise<LoadedManifests> => {
  if (entry === undefined) return noManifests;
  if (typeof entry !== 'string') return readManifest(document, at, document.asManifest(at) ?? entry);
  const file = fileNamedIn(document, entry);
  const loaded = await read(file);
  return 'reason' in loaded
    ? { manifests: [], problems: [document.problem(at, `${file} ${loaded.reason}`)] }
    : loaded;
};

/** Two objects of one kind and name in one list: the second would overwrite the first. */
const twice = (
  document: YamlDocument,
  path: DocumentPath,
  entries: readonly LoadedManifests[],
): readonly Problem[] => {
  const first = new Map<string, Manifest>();
  return entries.flatMap(({ manifests }, index) =>
    manifests.flatMap((manifest) => {
      const key = `${manifest.kind} \`${manifest.name}\``;
      const other = first.get(key);
      if (other === undefined) {
        first.set(key, manifest);
        return [];
      }
      const where = `${other.file}:${other.position([]).line}`;
      return [document.problem([...path, index], `${key} is in this list already (${where})`)];
    }),
  );
};
