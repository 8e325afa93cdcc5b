import type { ExpectationReport, ScenarioReport } from '../../domain/report.js';
import { markup, plainWords, preformatted, type Markup } from '../picture/markup.js';
import { probeLines } from '../probe-output.js';
import { oneLine, visibleLines } from '../visible.js';
import { replayLine } from './evidence.js';
import type { Focus } from './focus.js';
import { verdictMark, wordOf } from './verdict-mark.js';

/** An expectation: its verdict and sentence, behind them why, and what of the picture it is about. Open where it does not hold. */
export const expectationItem = (
  expectation: ExpectationReport,
  scenario: ScenarioReport,
  focus: Focus,
): Markup => {
  const { id, says, verdict, because, uncontrolled } = expectation;
  const isFine = verdict === 'holds' || verdict === 'not-applicable';
  return markup`<li class="expectation" data-verdict="${verdict}" data-focus="${plainWords(focus.things)}"><details${isFine ? '' : markup` open`}><summary>${verdictMark(verdict)}<span class="says">${says}</span> <code class="id">${id}</code>${uncontrolled ? markup` <span class="tag">uncontrolled</span>` : undefined}</summary><div class="body">
${because === '' ? undefined : markup`<p class="because ${verdict}">${oneLine(because)}</p>`}<pre class="expression"><code>${oneLine(expectation.that)}</code></pre>${valueTable(expectation)}${probeNote(expectation, scenario)}${controlList(expectation)}${evidenceLinks(focus)}${expectation.replay.length === 0 ? undefined : markup`<p class="label">See it again</p>${expectation.replay.map(replayLine)}`}
</div></details>${focus.things.length === 0 ? undefined : markup`<button type="button" class="pin" aria-pressed="false" hidden><span aria-hidden="true">◎</span><span class="words">show ${id} in the picture</span></button>`}</li>
`;
};

const valueTable = ({ values, that }: ExpectationReport): Markup => {
  const parts = values.filter(({ expression }) => oneLine(expression) !== oneLine(that));
  return parts.length === 0
    ? markup``
    : markup`<table class="values"><thead><tr><th scope="col">part of it</th><th scope="col">value</th></tr></thead><tbody>${parts.map(({ expression, value }) => markup`<tr><td><code>${oneLine(expression)}</code></td><td><code>${oneLine(value)}</code></td></tr>`)}</tbody></table>`;
};

/** What the probes printed that it read. */
const probeNote = (expectation: ExpectationReport, scenario: ScenarioReport): Markup => {
  const lines = probeLines(expectation, scenario);
  return lines.length === 0
    ? markup``
    : markup`<p class="label">What the probes printed</p><pre class="output" tabindex="0" role="group" aria-label="Output of the probes of ${expectation.id}">${preformatted(lines.flatMap((line) => visibleLines(line)))}</pre>`;
};

const controlList = ({ controls }: ExpectationReport): Markup =>
  controls.length === 0
    ? markup``
    : markup`<p class="label">Where it must be refuted</p><ul class="controls">${controls.map(({ name, verdict, because }) => markup`<li class="${verdict === 'refuted' ? 'as-meant' : 'not-as-meant'}"><b>${wordOf(verdict)}</b> in “${name}”${because === '' ? undefined : markup`<span class="aside">: ${oneLine(because)}</span>`}</li>`)}</ul>`;

const evidenceLinks = ({ evidence }: Focus): Markup =>
  evidence.length === 0
    ? markup``
    : markup`<p class="label">Read from</p><ul class="sources">${evidence.map(({ id, command }) => markup`<li><a href="#${id}"><code>${command}</code></a></li>`)}</ul>`;
