import { basename } from 'node:path';
import type { ExpressionChecker } from '../domain/expression-checker.js';
import type { Position } from '../domain/manifest.js';
import { byPlace, type Problem } from '../domain/problem.js';
import type { Scenario } from '../domain/scenario.js';
import { checkControls } from './check-controls.js';
import { checkDurations } from './check-durations.js';
import { checkExpressions } from './check-expressions.js';
import { checkNames } from './check-names.js';
import { checkReads } from './check-reads.js';
import { checkRequirements } from './check-requirements.js';
import { checkPods } from './check-pods.js';
import { allWorlds, type ControlDraft, type ScenarioDraft } from './draft-scenario.js';
import type { ManifestReader } from './manifest-files.js';
import { isObject } from './manifest-object.js';
import { planScenario } from './plan.js';
import { aboutFile } from './scenario-files.js';
import { schemaProblems } from './schema-problems.js';
import type { SourceText } from './source-text.js';
import { butIs } from './wording.js';
import { draftWorld, fileProblems } from './world-draft.js';
import { usableParts, type RawScenario, type Written } from './written-scenario.js';
import { readYaml, type YamlDocument } from './yaml-document.js';

export interface ScenarioName {
  readonly text: string;
  readonly position: Position;
}

export interface ReadScenario {
  /** Undefined when none could be read. */
  readonly name: ScenarioName | undefined;
  /** Undefined when there is an error among the problems. */
  readonly scenario: Scenario | undefined;
  /** By place. */
  readonly problems: readonly Problem[];
}

/** Reads the text of one scenario file, and the manifests that it names. */
export const readScenario = async (
  source: SourceText,
  checker: ExpressionChecker,
  readManifest: ManifestReader,
): Promise<ReadScenario> => {
  const { documents, problems: syntax } = readYaml(source, 'scenario');
  const [document, second] = documents;
  const wrong = document === undefined ? [] : notScenario(document);
  const early = [
    ...syntax,
    ...(second === undefined
      ? []
      : [second.problem([], 'a scenario file has one document, and this is another')]),
    ...wrong,
  ];
  if (document === undefined) {
    return refused(early.length > 0 ? early : [aboutFile(source.file, 'is empty; a scenario was expected')]);
  }
  if (wrong.length > 0 || syntax.some(({ message }) => message.startsWith('has aliases')))
    return refused(early);

  const { problems: schema, unusable } = schemaProblems(document);
  const draft = await draftScenario(document, usableParts(document.value, unusable), checker, readManifest);
  const problems = [
    ...early,
    ...schema,
    ...checkFileName(draft),
    ...allWorlds(draft).flatMap(fileProblems),
    ...checkNames(draft),
    ...checkControls(draft),
    ...checkDurations(draft),
    ...checkReads(draft),
    ...checkRequirements(draft),
    ...checkPods(draft),
    ...checkExpressions(draft),
  ].sort(byPlace);
  const text = draft.raw.metadata?.name;
  const name = text === undefined ? undefined : { text, position: document.position(['metadata', 'name']) };
  const failed = problems.some(({ severity }) => severity === 'error');
  return { name, scenario: failed ? undefined : planScenario(draft), problems };
};

const refused = (problems: readonly Problem[]): ReadScenario => ({
  name: undefined,
  scenario: undefined,
  problems: [...problems].sort(byPlace),
});

/** A file that was not meant to be a scenario, or not for this version: what the schema would say of it would not help. */
const notScenario = (document: YamlDocument): readonly Problem[] => {
  if (!isObject(document.value)) {
    return [document.problem([], `a scenario must be a mapping of keys to values${butIs(document.value)}`)];
  }
  const { apiVersion, kind } = document.value;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || kind === 'Scenario') return [];
  const message = apiVersion.startsWith('netclaims.dev/')
    ? `this is a ${kind}, not a Scenario`
    : `this is a manifest (${apiVersion} ${kind}), not a scenario; keep manifests in a folder that holds no scenarios`;
  return [document.problem(['kind'], message)];
};

const draftScenario = async (
  document: YamlDocument,
  raw: Written<RawScenario>,
  checker: ExpressionChecker,
  readManifest: ManifestReader,
): Promise<ScenarioDraft> => {
  const spec = raw.spec ?? {};
  const world = await draftWorld(document, ['spec'], spec, undefined, readManifest);
  const controls = await Promise.all(
    (spec.controls ?? []).map(async (control, index): Promise<readonly ControlDraft[]> => {
      if (control === undefined) return [];
      const at = ['spec', 'controls', index];
      return [{ raw: control, world: await draftWorld(document, at, control, world, readManifest) }];
    }),
  );
  return { document, raw, world, controls: controls.flat(), checker };
};

const checkFileName = ({ document, raw }: ScenarioDraft): readonly Problem[] => {
  const name = raw.metadata?.name;
  const expected = basename(document.file).replace(/\.ya?ml$/, '');
  return name === undefined || name === expected
    ? []
    : [
        document.problem(
          ['metadata', 'name'],
          `the name must be the file's: \`${name}\` in a file named \`${basename(document.file)}\``,
        ),
      ];
};
