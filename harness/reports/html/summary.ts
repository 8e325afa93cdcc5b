import type { Report, Totals } from '../../domain/report.js';
import { verdicts, worstVerdict, type Verdict } from '../../domain/verdict.js';
import { causesOf, struckLines } from '../causes.js';
import { differenceLines } from '../baseline.js';
import { markup, type Markup } from '../picture/markup.js';
import { clusterText, counted, duration } from '../phrases.js';
import { runFailures } from '../failures.js';
import { sharedFailure } from '../shared-failure.js';
import { oneLine } from '../visible.js';
import { verdictMark, wordOf } from './verdict-mark.js';
import { failureNote } from './world.js';

/** The head of the page: what came out, on which cluster, and the filters. */
export const summary = (report: Report): Markup => {
  const { scenarios, totals, tool, startedAt, durationMs } = report;
  const all = scenarios.flatMap(({ expectations }) => expectations);
  const failure = sharedFailure(report);
  return markup`<header class="top"><p class="brand">netclaims <span class="aside">${tool.version}</span></p>
<h1>${headline(report)}</h1>
<p class="aside">${counted(all.length, 'expectation')} in ${counted(scenarios.length, 'scenario')} · ${clusterText(report)} · ${startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')} · ${duration(durationMs)}</p>
${bar(totals, all.length)}${failure === undefined ? undefined : markup`<p class="label">Nothing was run</p>${failureNote(failure)}`}${failure === undefined ? causeNotes(report) : undefined}${runFailures(report).map(failureNote)}${notComparedNote(report)}${baselineNote(report)}</header>
${filters(report)}`;
};

const notComparedNote = ({ notCompared }: Report): Markup | undefined =>
  notCompared && markup`<p class="aside">Not compared: ${notCompared.join('; ')}</p>`;

/** What more than one world met, once. */
const causeNotes = ({ scenarios }: Report): Markup =>
  markup`${causesOf(scenarios)
    .filter(({ struck }) => struck.length > 1)
    .map(
      (cause) =>
        markup`<details class="cause" open><summary>${counted(cause.struck.length, 'world')} failed for one cause</summary>${failureNote({ ...cause.failure, where: '' })}<ul>${struckLines(cause, true).map((line) => markup`<li>${oneLine(line)}</li>`)}</ul></details>`,
    )}`;

const baselineNote = ({ baseline }: Report): Markup | undefined => {
  if (baseline === undefined) return undefined;
  const lines = differenceLines(baseline.differences);
  return lines.length === 0
    ? markup`<p class="aside">Nothing differs from ${baseline.file}</p>`
    : markup`<p class="label">Not as in ${baseline.file}</p><ul>${lines.map((line) => markup`<li>${line}</li>`)}</ul>`;
};

const headline = ({ totals, scenarios }: Report): string => {
  const { holds, refuted, vacuous, unknown, notApplicable } = totals;
  const judged = holds + refuted + vacuous + unknown;
  switch (worstVerdict(scenarios.map(({ verdict }) => verdict))) {
    case 'holds':
      return holds === 1 ? 'The one expectation holds' : `All ${holds} expectations hold`;
    case 'refuted':
      return `${refuted} of ${judged} expectations ${refuted === 1 ? 'is' : 'are'} refuted`;
    case 'vacuous':
      return `${vacuous} of ${judged} expectations ${vacuous === 1 ? 'proves' : 'prove'} nothing`;
    case 'unknown':
      return `${unknown} of ${judged} expectations ${unknown === 1 ? 'is' : 'are'} unknown`;
    case 'not-applicable':
      return notApplicable === 0 ? 'Nothing was run' : 'Nothing of it applies to this cluster';
  }
};

const countOf = ({
  holds,
  refuted,
  vacuous,
  unknown,
  notApplicable,
}: Totals): Readonly<Record<Verdict, number>> => ({
  ...{ holds, refuted, vacuous, unknown },
  'not-applicable': notApplicable,
});

/** How the verdicts share the whole. */
const bar = (totals: Totals, all: number): Markup => {
  const counts = countOf(totals);
  const width = 1_000;
  let x = 0;
  const parts = verdicts.flatMap((verdict) => {
    const share = all === 0 ? 0 : (counts[verdict] / all) * width;
    const part = markup`<rect class="${verdict}" x="${x.toFixed(1)}" y="0" width="${Math.max(0, share - 3).toFixed(1)}" height="10" rx="2"/>`;
    x += share;
    return share === 0 ? [] : [part];
  });
  const text = verdicts
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => `${counts[verdict]} ${wordOf(verdict)}`);
  return markup`<svg class="bar" role="img" aria-label="${text.join(', ')}" viewBox="0 0 ${width} 10" preserveAspectRatio="none">${parts}</svg>`;
};

/** They are of use only with the page's script, which shows them. */
const filters = ({ scenarios, totals }: Report): Markup => {
  const counts = countOf(totals);
  const labels = [
    ...new Set(
      scenarios.flatMap((one) => Object.entries(one.labels ?? {}).map(([key, value]) => `${key}=${value}`)),
    ),
  ].sort();
  return markup`<form class="filters" role="search" hidden><label class="find"><span class="words">Find</span><input type="search" name="text" placeholder="Find a claim, an expectation, a value  ( / )" autocomplete="off"></label><fieldset><legend class="words">Verdicts</legend>${verdicts.filter((verdict) => counts[verdict] > 0).map((verdict) => markup`<label class="choice"><input type="checkbox" name="verdict" value="${verdict}" checked>${verdictMark(verdict)}<b>${counts[verdict]}</b></label>`)}</fieldset>${labels.length === 0 ? undefined : markup`<label><span class="words">Label</span><select name="label"><option value="">all labels</option>${labels.map((label) => markup`<option>${label}</option>`)}</select></label>`}<output name="shown" aria-live="polite"></output></form>
`;
};
