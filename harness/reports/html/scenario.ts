import { countVerdicts, type ScenarioReport } from '../../domain/report.js';
import { jsonList, markup, type Markup } from '../picture/markup.js';
import { counted, duration, totalsText } from '../phrases.js';
import { oneLine } from '../visible.js';
import { expectationItem } from './expectation.js';
import { focusOf } from './focus.js';
import { scenesOf } from './scene.js';
import { verdictMark } from './verdict-mark.js';
import { worldSection } from './world.js';

/** A scenario: its claim and verdict, its expectations, what was seen, and its controls. `open` shows what was seen at once. */
export const scenarioArticle = (scenario: ScenarioReport, index: number, open: boolean): Markup => {
  const { name, verdict, claim, expectations, controls } = scenario;
  const id = `s${index}`;
  const scenes = scenesOf(scenario, `${id}w0`);
  const numbers = new Map<string, number>();
  const numberOf = (thing: string): number => {
    const number = numbers.get(thing) ?? numbers.size;
    numbers.set(thing, number);
    return number;
  };
  const items = expectations.map((one) =>
    expectationItem(one, scenario, focusOf(one, scenario, scenes, numberOf)),
  );
  const labels = Object.entries(scenario.labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return markup`<article class="scenario" id="${id}" data-verdict="${verdict}" data-labels="${jsonList(labels)}" data-things="${jsonList([...numbers.keys()])}" aria-labelledby="${id}-claim">
<header>${verdictMark(verdict)}<h2 id="${id}-claim">${oneLine(claim)}</h2><p class="aside">${metaOf(scenario, labels)}</p></header>
<ol class="expectations">
${items}</ol>
${scenes.length === 0 && Object.keys(scenario.probes).length === 0 ? worldSection(scenario, scenes, `${id}w0`) : markup`<details class="world"${open ? markup` open` : ''}><summary><h3>What was seen</h3></summary>${worldSection(scenario, scenes, `${id}w0`)}</details>`}
${controls
  .filter(({ notApplicable }) => notApplicable === undefined || scenario.notApplicable === undefined)
  .map((control, number) => {
    const controlId = `${id}w${number + 1}`;
    return markup`<details class="world control"><summary><h3>Control: ${control.name}</h3><span class="aside">has to refute ${control.refutes.join(', ')}</span></summary>${worldSection(control, scenesOf(control, controlId), controlId)}</details>
`;
  })}<p class="print-only">${name}: ${totalsText(countVerdicts(expectations.map((one) => one.verdict)))}, ${counted(controls.length, 'control')}</p></article>
`;
};

const metaOf = (
  { name, file, source, verdict, durationMs }: ScenarioReport,
  labels: readonly string[],
): Markup =>
  markup`<b>${name}</b> · <code>${file}</code>${verdict === 'not-applicable' ? undefined : markup` · ${duration(durationMs)}`}${source === null ? undefined : markup` · from ${source.document}${source.section === '' ? '' : `, ${source.section}`}`}${labels.map((label) => markup` <span class="tag">${label}</span>`)}`;
