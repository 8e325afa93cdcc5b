import type { Change } from '../topology/changes.js';
import type { Thing } from '../topology/topology.js';
import { charWidth, fitted, lineHeight, type Item } from './card.js';
import { Markup, markup } from './markup.js';
import type { Frame, Picture, PlacedWire } from './picture.js';

/** What a picture says beside its shapes. */
export interface PictureWords {
  /** What it is a picture of, for who cannot see it. */
  readonly label: string;
  /** What is new or changed since an earlier picture, by id. */
  readonly changes: ReadonlyMap<string, Change>;
}

/**
 * A picture as an SVG element. Its looks are classes, which the style of the page defines, or `style` where it is a file of its own; each
 * thing carries its id in `data-thing`, and all that is known of it in its title.
 */
export const renderSvg = (
  { width, height, frames, items, wires }: Picture,
  words: PictureWords,
  style?: string,
): Markup =>
  markup`<svg class="topology" role="img" aria-label="${words.label}" width="${width + 2}" height="${height + 2}" viewBox="-1 -1 ${width + 2} ${height + 2}" xmlns="http://www.w3.org/2000/svg">
${style === undefined ? undefined : markup`<style>${new Markup(style)}</style>`}${frames.map((frame) => frameMarkup(frame, words))}${items.map((item) => itemMarkup(item, words))}${wires.map(wireMarkup)}</svg>`;

const frameMarkup = (frame: Frame, words: PictureWords): Markup => {
  const { x, y, width, height, thing, look, name, note } = frame;
  const room = width - 28 - note.length * charWidth;
  return markup`<g class="frame ${look}${changeClass(thing, words)}" data-thing="${thing.id}">${titleOf(thing, words)}<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/><text class="name" x="${x + 12}" y="${y + 22}">${fitted(name, Math.max(room, width / 2 - 20))}</text><text class="note" x="${x + width - 12}" y="${y + 22}">${fitted(note, Math.min(note.length * charWidth, width / 2))}</text></g>
`;
};

const itemMarkup = (item: Item, words: PictureWords): Markup => {
  const { kind, thing, x, y, width, height, lines, look } = item;
  if (kind === 'route' || kind === 'note') {
    return markup`<text class="${look}" x="${x}" y="${y + 11}"><title>${lines[0] ?? ''}</title>${fitted(lines[0] ?? '', width)}</text>
`;
  }
  const isChip = kind === 'process';
  const inset = isChip ? 24 : 10;
  return markup`<g class="item ${look}${thing === undefined ? '' : changeClass(thing, words)}" data-thing="${thing?.id ?? ''}">${thing === undefined ? undefined : titleOf(thing, words)}<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${isChip ? 13 : 5}"/>${isChip ? markup`<circle cx="${x + 13}" cy="${y + 13}" r="4"/>` : undefined}${lines.map((line, index) => markup`<text class="${index === 0 ? 'name' : 'detail'}" x="${x + inset}" y="${y + 17 + index * lineHeight}">${fitted(line, width - inset - 6)}</text>`)}</g>
`;
};

const wireMarkup = ({ wire, from, to, shape }: PlacedWire): Markup => {
  const bend = shape === 'across' ? Math.max(20, (to.x - from.x) / 2) : -26;
  const path = `M${from.x} ${from.y} C${from.x + bend} ${from.y} ${to.x + (shape === 'across' ? -bend : bend)} ${to.y} ${to.x} ${to.y}`;
  const ends =
    wire.kind === 'veth'
      ? [from, to].map(({ x, y }) => markup`<circle cx="${x}" cy="${y}" r="4"/>`)
      : undefined;
  return markup`<g class="wire ${wire.kind}" data-thing="${wire.id}" data-from="${wire.from}" data-to="${wire.to}"><title>${wire.title}</title><path d="${path}"/>${ends}</g>
`;
};

const changeClass = ({ id }: Thing, { changes }: PictureWords): string => {
  const change = changes.get(id);
  return change === undefined ? '' : ` is-${change.kind}`;
};

/** All that is known of a thing, and what of it was otherwise before. */
const titleOf = ({ id, title, facts }: Thing, { changes }: PictureWords): Markup => {
  const change = changes.get(id);
  const lines = [
    title,
    ...Object.entries(facts)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => `${name}: ${value}`),
    ...(change === undefined ? [] : [changeText(change)]),
  ];
  return markup`<title>${lines.join(' · ')}</title>`;
};

/** A change in words, without the name of what changed. */
export const changeText = (change: Change): string =>
  change.kind === 'changed'
    ? change.facts
        .map(
          ({ name, before, after }) =>
            `${name} ${before === '' ? 'none' : before} → ${after === '' ? 'none' : after}`,
        )
        .join(', ')
    : change.kind;
