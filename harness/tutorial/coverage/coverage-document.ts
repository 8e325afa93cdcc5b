import type { Matrix } from '../../domain/matrix.js';
import type { Scenario } from '../../domain/scenario.js';
import type { Verdict } from '../../domain/verdict.js';
import { isDocument } from '../claims/check-claims.js';
import type { TutorialDocument } from '../markdown/document.js';
import type { Check, TutorialPlan } from '../plan/plan.js';

/** Verdicts of scenarios, or of the sections of documents, on several networks. */
export interface CoverageRuns {
  readonly scenarios: Matrix | undefined;
  readonly documents: Matrix | undefined;
}

/**
 * What of a document is verified, where, and on which networks it holds, as Markdown: its claims by the scenarios that name it, its commands by runs of it. A scenario's label
 * `covers: DOCUMENT#PART` says what it is about besides its own source. Pure.
 */
export const coverageDocument = (
  document: TutorialDocument,
  plan: TutorialPlan,
  scenarios: readonly Scenario[],
  runs: CoverageRuns,
): string => {
  const partOf = ({ source, labels }: Scenario): string | undefined => {
    const [covered = '', part] = labels.covers?.split('#') ?? [];
    if (part !== undefined && isDocument(document, covered)) return part;
    return source !== undefined && isDocument(document, source.document) ? source.section : undefined;
  };
  const networks = [...new Set([...(runs.scenarios?.networks ?? []), ...(runs.documents?.networks ?? [])])];
  const head = (...first: readonly string[]) => [
    row([...first, ...networks]),
    row([...first, ...networks].map(() => '---')),
  ];
  const claims = scenarios
    .flatMap((scenario) => {
      const part = partOf(scenario);
      if (part === undefined) return [];
      const verdicts = runs.scenarios?.claims.find(({ name }) => name === scenario.name)?.verdicts;
      return {
        part,
        cells: [part, `[${scenario.name}](claims.md#${scenario.name})`, scenario.claim],
        verdicts,
      };
    })
    .sort((a, b) => (a.part < b.part ? -1 : a.part > b.part ? 1 : 0));
  const commands = plan.sections.flatMap(({ checks }) =>
    checks.map((check) => ({ check, verdicts: verdictsOf(check, runs) })),
  );
  return [
    `## ${document.name}`,
    '',
    ...head('part', 'scenario', 'claim'),
    ...claims.map(({ cells, verdicts }) =>
      row([...cells, ...networks.map((network) => word(verdicts?.[network]))]),
    ),
    '',
    ...head('line', 'command'),
    ...commands.map(({ check, verdicts }) =>
      row([String(check.line), code(textOf(check)), ...networks.map((network) => word(verdicts?.[network]))]),
    ),
    '',
  ].join('\n');
};

const verdictsOf = (
  check: Check,
  { documents }: CoverageRuns,
): Readonly<Record<string, Verdict>> | undefined =>
  documents?.claims.flatMap(({ expectations }) => expectations).find(({ id }) => id === check.id)?.verdicts;

const textOf = (check: Check): string =>
  check.kind === 'command'
    ? check.statement.source
    : check.kind === 'none'
      ? check.text
      : `apply the manifest`;

const word = (verdict: Verdict | undefined): string =>
  verdict === undefined ? '' : verdict === 'refuted' ? '**refuted**' : verdict;

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;

const code = (text: string): string => `\`${text.replace(/\s*\n\s*/g, ' ↵ ')}\``;
