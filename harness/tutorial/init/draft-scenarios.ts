import { dump } from 'js-yaml';
import { suggestClaims } from '../claims/suggest.js';
import type { Sentence } from '../claims/sentences.js';
import type { Section, TutorialDocument } from '../markdown/document.js';
import type { CommandCheck, TutorialPlan } from '../plan/plan.js';
import { placeholdersIn } from '../shell/placeholders.js';
import { firstContainers, nameOf, objectsOf } from './document-pods.js';

/** A scenario file to begin with. */
export interface DraftFile {
  /** Without its ending. */
  readonly name: string;
  readonly text: string;
}

/**
 * A scenario for each claim of a document, those that its author marks or else those that look like one: with its source, the manifests that stand above it or in its
 * section, and the section's commands as probes. The author still writes what must be true; until then it is false. Pure.
 */
export const draftScenarios = (document: TutorialDocument, plan: TutorialPlan): readonly DraftFile[] => {
  const marked = document.sections.flatMap(({ passages }) =>
    passages.filter(({ claim, kind }) => claim !== undefined && kind !== 'heading'),
  );
  const claims: readonly Sentence[] = marked.length > 0 ? marked : suggestClaims(document, []);
  const taken = new Map<string, number>();
  return claims.map((claim) => {
    const section = document.sections.findLast((one) => one.line <= claim.line);
    const own = slug(claim.text);
    const count = (taken.get(own) ?? 0) + 1;
    taken.set(own, count);
    const name = count === 1 ? own : `${own}-${count}`;
    return { name, text: scenarioText(name, claim, section, document, plan) };
  });
};

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .split(' ')
    .slice(0, 6)
    .join('-') || 'claim';

const scenarioText = (
  name: string,
  { text, line }: Sentence,
  section: Section | undefined,
  document: TutorialDocument,
  plan: TutorialPlan,
): string => {
  const all = plan.sections.flatMap(({ checks }) => checks);
  const own = plan.sections.find((one) => one.line === section?.line)?.checks ?? [];
  const last = Math.max(line, ...own.map((check) => check.line));
  const objects = objectsOf(all.filter((check) => check.line <= last));
  const pods = objects.filter(({ kind }) => kind === 'Pod').map(nameOf);
  const containers = firstContainers(objects);
  const commands = own.filter((check) => check.kind === 'command');
  const probes = commands.map((command) => probeOf(command, pods.at(-1), containers));
  const spec = {
    claim: text,
    source: {
      document: document.name,
      ...(section === undefined ? {} : { section: section.title }),
      quote: text,
    },
    ...(objects.length === 0 ? {} : { manifests: objects }),
    steps: [...probes.filter((probe) => typeof probe !== 'string'), { observe: 'now' }],
    expect: [{ id: 'to-be-written', says: text, that: 'false' }],
  };
  const head = { apiVersion: 'netclaims.dev/v1', kind: 'Scenario', metadata: { name }, spec };
  const left = probes.filter((probe) => typeof probe === 'string');
  return [
    `# From ${document.file}, line ${line}.`,
    ...left.map((source) => `# No probe: ${source.replaceAll('\n', '\n#   ')}`),
    dump(head, { lineWidth: 110, noRefs: true }).replace(
      /^( *that: )'false'$/m,
      "$1'false' # To be written: a CEL expression that is true when it holds (docs/facts.md), and below it the controls that refute it.",
    ),
  ].join('\n');
};

/** A command as a probe step, or its source where it cannot be one: it changes the cluster, or has something for the reader to put in. */
const probeOf = (
  { line, statement, place }: CommandCheck,
  pod: string | undefined,
  containers: ReadonlyMap<string, string>,
) => {
  const { source, pipeline } = statement;
  const [command, ...more] = pipeline ?? [];
  const words = command?.words ?? [];
  const id = `line_${line}`;
  if (placeholdersIn(source).length > 0 || place.kind === 'host') return source;
  if (place.kind === 'pod') {
    const container = place.container ?? containers.get(place.pod);
    return container === undefined ? source : probe(id, { pod: place.pod, container }, { sh: source });
  }
  if (place.kind === 'shell') {
    const behind = words.indexOf('--');
    const named = words.slice(2, behind).find((word) => !word.startsWith('-'));
    if (words[1] !== 'exec' || behind === -1 || more.length > 0 || named === undefined) return source;
    const container = containerOf(words.slice(0, behind)) ?? containers.get(named);
    return container === undefined
      ? source
      : probe(id, { pod: named, container }, { run: words.slice(behind + 1) });
  }
  const node = place.node ?? (pod === undefined ? undefined : `${pod}'s node`);
  return node === undefined ? source : probe(id, { node }, { sh: source.replace(/^sudo\s+/, '') });
};

const containerOf = (words: readonly string[]): string | undefined => {
  const at = words.findIndex((word) => word === '-c' || word === '--container');
  return at === -1 ? undefined : words[at + 1];
};

const probe = (name: string, where: Readonly<Record<string, string>>, what: object) => ({
  probe: { name, in: where, ...what },
});
