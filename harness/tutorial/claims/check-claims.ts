import { nearestName } from '../../domain/nearest-name.js';
import type { Scenario } from '../../domain/scenario.js';
import type { Verdict } from '../../domain/verdict.js';
import type { SubExpressionValue } from '../../domain/world-report.js';
import type { Passage, TutorialDocument } from '../markdown/document.js';
import { nearestText } from './nearest-text.js';
import { isTitled, plain, sentencesOf } from './sentences.js';

/** What scenarios say of a document, and the document of scenarios, checked against each other. */
export interface ClaimFinding {
  readonly id: string;
  readonly line: number;
  readonly says: string;
  /** The claim, or what is quoted of it. */
  readonly text: string;
  readonly verdict: Extract<Verdict, 'holds' | 'refuted'>;
  readonly because: string;
  readonly values: readonly SubExpressionValue[];
}

/** Checks the sources of the scenarios that name a document, and the passages that its author has marked as claims. Pure. */
export const checkClaims = (
  document: TutorialDocument,
  scenarios: readonly Scenario[],
): readonly ClaimFinding[] => {
  const about = scenarios.filter(
    ({ source }) => source !== undefined && isDocument(document, source.document),
  );
  const passages = document.sections.flatMap((section) => section.passages);
  return [
    ...about.map((scenario) => sourceFinding(document, scenario)),
    ...passages
      .filter(({ claim }) => claim !== undefined)
      .map((passage) => markedFinding(passage, about, scenarios)),
  ];
};

/** Whether a document is meant: by its file, with or without its ending, or by its first heading. */
export const isDocument = ({ name, file, sections }: TutorialDocument, wanted: string): boolean =>
  [name, file, file.split('/').at(-1)].includes(wanted) ||
  sections.some((section, index) => index < 2 && section.trail.length === 1 && isTitled(section, wanted));

const sourceFinding = ({ sections, file }: TutorialDocument, scenario: Scenario): ClaimFinding => {
  const { name, source = { document: '', section: '' } } = scenario;
  const { section: title, quote } = source;
  const base = {
    id: `source-${name}`,
    says: `The scenario ${name} is about what the document says.`,
    text: quote ?? scenario.claim,
  };
  const refuted = (
    line: number,
    because: string,
    values: readonly SubExpressionValue[] = [],
  ): ClaimFinding => ({
    ...{ ...base, line, verdict: 'refuted', because, values },
  });
  const meant = title === '' ? sections : sections.filter((section) => isTitled(section, title));
  const [first] = meant;
  if (first === undefined) {
    const titles = sections.map((section) => ({ text: section.title, line: section.line }));
    const misspelt = nearestName(
      title,
      titles.map(({ text }) => text),
    );
    const near = titles.find(({ text }) => text === misspelt) ?? nearestText(title, titles);
    return refuted(
      near?.line ?? 1,
      `${scenario.file} names the section "${title}", which ${file} does not have`,
      near === undefined ? [] : [{ expression: `nearest, line ${near.line}`, value: near.text }],
    );
  }
  const passages = meant.flatMap((section) => section.passages);
  const quoted = passages.find(({ text }) => plain(text).includes(plain(quote ?? '')));
  if (quote === undefined || quoted !== undefined)
    return {
      ...base,
      line: quote === undefined ? first.line : (quoted?.line ?? first.line),
      verdict: 'holds',
      because: '',
      values: [],
    };
  const elsewhere = sections
    .flatMap((section) => section.passages)
    .find(({ text }) => plain(text).includes(plain(quote)));
  if (elsewhere !== undefined)
    return refuted(elsewhere.line, `what ${scenario.file} quotes is not in the section "${title}" any more`);
  const near =
    nearestText(quote, sentencesOf(passages)) ??
    nearestText(quote, sentencesOf(sections.flatMap((section) => section.passages)));
  return refuted(near?.line ?? first.line, `what ${scenario.file} quotes is not in the document any more`, [
    { expression: '-', value: quote },
    ...(near === undefined ? [] : [{ expression: `+ ${near.line}`, value: near.text }]),
  ]);
};

const markedFinding = (
  { text, line, claim }: Passage,
  about: readonly Scenario[],
  all: readonly Scenario[],
): ClaimFinding => {
  const base = {
    id: `claim-line-${line}`,
    line,
    says: 'A scenario checks what the document marks as a claim.',
    text,
  };
  const wanted = claim?.scenario;
  const has = (scenario: Scenario) =>
    wanted === undefined ? covers(scenario, text) : scenario.name === wanted;
  if ((wanted === undefined ? about : all).some(has))
    return { ...base, verdict: 'holds', because: '', values: [] };
  const near = nearestText(
    wanted ?? text,
    all.map((scenario) => ({ text: wanted === undefined ? scenario.claim : scenario.name, scenario })),
  );
  return {
    ...{ ...base, verdict: 'refuted' },
    because: wanted === undefined ? 'no scenario quotes it' : `there is no scenario ${wanted}`,
    values:
      near === undefined
        ? []
        : [{ expression: `nearest, ${near.scenario.file}`, value: near.scenario.claim }],
  };
};

/** Whether a scenario is about a passage: it quotes it, or its section when that is what is marked. */
const covers = ({ source, claim }: Scenario, text: string): boolean =>
  [source?.quote, claim].some((quote) => quote !== undefined && plain(text).includes(plain(quote))) ||
  plain(source?.section ?? '').toLowerCase() === plain(text).toLowerCase();
