import { droppedSentence } from '../../domain/dropped-output.js';
import type { Evidence, ProbeResult } from '../../domain/observation.js';
import { excerpt } from '../excerpt.js';
import { markup, preformatted, type Markup } from '../picture/markup.js';
import { counted } from '../phrases.js';
import { visibleLines } from '../visible.js';

/** The commands that the facts of an observation come from, each with what it printed, one click away. */
export const evidenceList = (evidence: readonly Evidence[], id: string): Markup =>
  evidence.length === 0
    ? markup``
    : markup`<details class="more"><summary>Evidence: ${counted(evidence.length, 'command')}</summary><ol class="evidence">
${evidence.map(
  (one, index) => markup`<li id="${evidenceId(id, index)}">${commandDetails(one)}</li>
`,
)}</ol></details>`;

/** Where a link to a piece of evidence leads. */
export const evidenceId = (observation: string, index: number): string => `${observation}e${index}`;

/** What the probes of a world printed. */
export const probeList = (probes: readonly ProbeResult[]): Markup =>
  probes.length === 0
    ? markup``
    : markup`<details class="more"><summary>${counted(probes.length, 'probe')}: ${probes.map(({ name }) => name).join(', ')}</summary><ol class="evidence">
${probes.map(
  (probe) => markup`<li>${probe.read ? probeDetails(probe) : unreadProbe(probe)}</li>
`,
)}</ol></details>`;

const probeDetails = ({ name, evidence, broken }: ProbeResult & { readonly read: true }): Markup =>
  markup`${broken === undefined ? undefined : markup`<p><b>${name}</b> answers nothing: ${broken}</p>`}${commandDetails(evidence, name)}`;

const unreadProbe = ({ name, reason, replay }: ProbeResult & { readonly read: false }): Markup =>
  markup`<p><b>${name}</b> has no result: ${reason}</p>${replayLine(replay)}`;

const commandDetails = (evidence: Evidence, name = ''): Markup => {
  const { node, argv, replay, exitCode, stdout, stderr, dropped } = evidence;
  const code = exitCode === null ? 'no exit code' : `exit ${exitCode}`;
  const end = dropped === undefined ? code : `${code}, ${droppedSentence(dropped)}`;
  return markup`<details><summary>${name === '' ? undefined : markup`<b>${name}</b> `}<code>${excerpt(argv.join(' '), 160)}</code> <span class="aside">${node}, ${end}</span></summary>${replayLine(replay)}${output('standard output', stdout)}${output('standard error', stderr)}</details>`;
};

/** A shell line, selected as a whole by one click. */
export const replayLine = (line: string): Markup => markup`<pre class="replay"><code>${line}</code></pre>`;

/** As much of an output as the run keeps of one. */
const longest = 64 * 1024;

const output = (what: string, text: string): Markup =>
  text === ''
    ? markup``
    : markup`<pre class="output" tabindex="0" role="group" aria-label="${what}">${preformatted(visibleLines(excerpt(text, longest)))}</pre>`;
