import type { DocumentPath } from '../domain/manifest.js';
import type { Problem } from '../domain/problem.js';
import { noManifests, readManifestList, type ManifestList, type ManifestReader } from './manifest-files.js';
import { findPlugin, type PluginFile } from './plugin-file.js';
import { celNamePattern } from './schema-strings.js';
import type { RawStep, RawWorld, Written } from './written-scenario.js';
import type { YamlDocument } from './yaml-document.js';

/** A world as it was written, with what a control takes from its scenario already taken. */
export interface WorldDraft {
  /** The path of the scenario's spec, or of the control. */
  readonly at: DocumentPath;
  readonly manifests: ManifestList & Origin;
  readonly let: Origin & { readonly entries: readonly LetDraft[] };
  readonly steps: Origin & {
    /** In order; the steps of a `repeat` follow it. */
    readonly list: readonly StepDraft[];
    /** Whether all of them could be read, so that a name that none of them makes does not exist. */
    readonly complete: boolean;
  };
}

interface Origin {
  /** The path of the spec or control that states it. */
  readonly from: DocumentPath;
}

export interface LetDraft {
  readonly name: string;
  readonly source: string;
  readonly path: DocumentPath;
}

export interface StepDraft {
  readonly raw: Written<RawStep>;
  readonly path: DocumentPath;
  /** Of an `apply`. */
  readonly applied: ManifestList;
  /** Of a `delete`. */
  readonly deleted: ManifestList;
  /** Of a `reconfigure`. */
  readonly plugin: PluginFile | undefined;
}

/** Whether a world states a part itself, rather than taking it from the scenario. */
export const states = (world: WorldDraft, part: 'manifests' | 'let' | 'steps'): boolean =>
  world[part].from === world.at;

/** Reads the parts of a world that it states, and takes the others from `base`. */
export const draftWorld = async (
  document: YamlDocument,
  at: DocumentPath,
  raw: Written<RawWorld>,
  base: WorldDraft | undefined,
  read: ManifestReader,
): Promise<WorldDraft> => ({
  at,
  manifests:
    base !== undefined && !('manifests' in raw)
      ? base.manifests
      : { from: at, ...(await draftManifests(document, at, raw, read)) },
  let:
    base !== undefined && !('let' in raw)
      ? base.let
      : { from: at, entries: letEntries(raw.let ?? {}, [...at, 'let']) },
  steps:
    base !== undefined && !('steps' in raw)
      ? base.steps
      : {
          from: at,
          list: await draftSteps(document, [...at, 'steps'], raw.steps ?? [], read),
          complete: raw.steps?.every(isComplete) ?? false,
        },
});

/** What reading the files that a world names found wrong. */
export const fileProblems = (world: WorldDraft): readonly Problem[] => [
  ...(states(world, 'manifests') ? world.manifests.problems : []),
  ...(states(world, 'steps')
    ? world.steps.list.flatMap(({ applied, deleted, plugin }) => [
        ...applied.problems,
        ...deleted.problems,
        ...(plugin?.problems ?? []),
      ])
    : []),
];

const draftManifests = async (
  document: YamlDocument,
  at: DocumentPath,
  raw: Written<RawWorld>,
  read: ManifestReader,
): Promise<ManifestList> => {
  if (raw.manifests !== undefined)
    return readManifestList(document, [...at, 'manifests'], raw.manifests, read);
  return { ...noManifests, complete: !('manifests' in raw) };
};

const letEntries = (
  entries: Readonly<Record<string, string | undefined>>,
  path: DocumentPath,
): readonly LetDraft[] =>
  Object.entries(entries).flatMap(([name, source]) =>
    source === undefined || !celNamePattern.test(name) ? [] : [{ name, source, path: [...path, name] }],
  );

const draftSteps = async (
  document: YamlDocument,
  path: DocumentPath,
  steps: Written<readonly RawStep[]>,
  read: ManifestReader,
): Promise<readonly StepDraft[]> => {
  const nested = await Promise.all(
    steps.map(async (raw, index): Promise<readonly StepDraft[]> => {
      if (raw === undefined) return [];
      const at = [...path, index];
      const listOf = async (kind: 'apply' | 'delete'): Promise<ManifestList> => {
        const manifests = raw[kind]?.manifests;
        return manifests === undefined
          ? { ...noManifests, complete: !(kind in raw) }
          : readManifestList(document, [...at, kind, 'manifests'], manifests, read);
      };
      const [applied, deleted] = [await listOf('apply'), await listOf('delete')];
      const plugin = await findPlugin(document, [...at, 'reconfigure', 'plugin'], raw.reconfigure?.plugin);
      const inner = await draftSteps(document, [...at, 'repeat', 'steps'], raw.repeat?.steps ?? [], read);
      return [{ raw, path: at, applied, deleted, plugin }, ...inner];
    }),
  );
  return nested.flat();
};

const kinds = [
  'observe',
  'probe',
  'apply',
  'delete',
  'kill',
  'restart',
  'reconfigure',
  'wait',
  'repeat',
] as const;

const isComplete = (step: Written<RawStep> | undefined): boolean => {
  if (step === undefined || !kinds.some((kind) => step[kind] !== undefined)) return false;
  if ('probe' in step) return step.probe?.name !== undefined;
  if ('repeat' in step) return step.repeat?.steps?.every(isComplete) ?? false;
  return true;
};
