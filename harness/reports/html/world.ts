import type { Diagnosis } from '../../domain/artifact.js';
import type { Footprint } from '../../domain/footprint.js';
import type { Failure } from '../../domain/failure.js';
import type { WorldReport } from '../../domain/world-report.js';
import { worldFailures } from '../failures.js';
import { renderFacts } from '../facts-text.js';
import { arrange } from '../picture/arrange.js';
import { markup, preformatted, type Markup } from '../picture/markup.js';
import { changeText, renderSvg } from '../picture/svg.js';
import { counted, touchesText } from '../phrases.js';
import { oneLine, visibleLines } from '../visible.js';
import { evidenceList, probeList } from './evidence.js';
import type { Scene } from './scene.js';

/** What happened in a world: its failure, a picture of each observation, its probes. */
export const worldSection = (world: WorldReport, scenes: readonly Scene[], id: string): Markup =>
  markup`${failureNotes(world)}${footprintNote(world.footprint)}${scenes.length < 2 ? undefined : tabs(scenes, id)}${scenes.map(figure)}${probeList(Object.values(world.probes))}${artifactList(world.diagnosis)}`;

const artifactList = (diagnosis: Diagnosis | undefined): Markup =>
  diagnosis === undefined
    ? markup``
    : markup`<details class="more"><summary>Artifacts: ${counted(diagnosis.files.length, 'file')}</summary>${diagnosis.folder === '' ? undefined : markup`<p class="aside">Saved in <code>${diagnosis.folder}</code></p>`}<ul class="artifacts">${diagnosis.files.map((file) => markup`<li><code>${file}</code></li>`)}${diagnosis.notes.map((note) => markup`<li>${oneLine(note)}</li>`)}</ul></details>`;

/** What a world touches beyond its own pods, and each reason. */
const footprintNote = (footprint: Footprint | undefined): Markup =>
  footprint === undefined
    ? markup``
    : footprint.touches === 'none'
      ? markup`<p class="aside">Footprint: ${touchesText('none')}</p>`
      : markup`<details class="more"><summary>Footprint: ${touchesText(footprint.touches)}</summary><ul class="footprint">${footprint.reasons.map(({ why, file, position }) => markup`<li>${oneLine(why)} <code>${file}:${position.line}</code></li>`)}</ul></details>`;

/** A choice of observations, which the page's script makes work; without it, all are shown. */
const tabs = (scenes: readonly Scene[], id: string): Markup =>
  markup`<fieldset class="tabs" hidden><legend>Observation</legend>${scenes.map((scene, index) => markup`<label><input type="radio" name="${id}" value="${scene.id}"${index === scenes.length - 1 ? markup` checked` : ''}><span>${scene.observation.name}</span></label>`)}</fieldset>`;

const figure = ({ id, observation, topology, since }: Scene): Markup => {
  const changes = new Map((since?.changes ?? []).map((change) => [change.thing.id, change]));
  const pods = counted(topology.nodes.flatMap((node) => node.pods).length, 'pod');
  const pairs = counted(topology.wires.filter(({ kind }) => kind === 'veth').length, 'veth pair');
  const label = `Topology of ${observation.name}: ${counted(topology.nodes.length, 'node')}, ${pods} with a network namespace, ${pairs}`;
  return markup`<figure class="scene" id="${id}" data-observation="${observation.name}"><figcaption><b>${observation.name}</b> <span class="aside">${pods}, ${pairs} · read in ${observation.durationMs} ms</span></figcaption><div class="canvas" tabindex="0" role="group" aria-label="Picture of ${observation.name}">${renderSvg(arrange(topology), { label, changes })}</div>${changeList(since)}<details class="more"><summary>The same as text</summary><pre class="output" tabindex="0" role="group" aria-label="Facts of ${observation.name}">${preformatted(visibleLines(renderFacts(observation)))}</pre></details>${evidenceList(observation.evidence, id)}</figure>
`;
};

const mostChanges = 40;

const changeList = (since: Scene['since']): Markup => {
  if (since === undefined) return markup``;
  const { name, changes } = since;
  if (changes.length === 0) return markup`<p class="label">Nothing in it changed since ${name}.</p>`;
  const more = changes.length - mostChanges;
  return markup`<p class="label">Since ${name}</p><ul class="changes">${changes.slice(0, mostChanges).map((change) => markup`<li class="is-${change.kind}"><b>${change.thing.title}</b> ${changeText(change)}</li>`)}${more > 0 ? markup`<li>and ${more} more</li>` : undefined}</ul>`;
};

const failureNotes = (world: WorldReport): Markup =>
  markup`${world.unmetWaits.map(({ until, message }) => markup`<p class="failure">It waited for <code>${oneLine(until)}</code>: ${message}</p>`)}${worldFailures(world).map(failureNote)}${world.notApplicable === undefined ? undefined : markup`<p class="aside">Not made: ${world.notApplicable}</p>`}`;

/** A failure: what happened, where, its evidence line by line, and the remedy. */
export const failureNote = ({ code, what, where, evidence, remedy }: Failure): Markup =>
  markup`<div class="failure"><b>${code}</b> ${oneLine(what)}${where === '' ? undefined : markup`<p class="aside">${oneLine(where)}</p>`}${evidence.length === 0 ? undefined : markup`<pre>${preformatted(evidence.flatMap((item) => visibleLines(item)))}</pre>`}${remedy === '' ? undefined : markup`<p>→ ${oneLine(remedy)}</p>`}</div>`;
