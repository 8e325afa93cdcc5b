import type { LinkBox, NetnsBox, ProcessBox, Thing } from '../topology/topology.js';

/** A line or a small box within a card; its place is relative to the card's corner until it is moved. */
export interface Item {
  readonly kind: 'process' | 'link' | 'route' | 'note';
  readonly thing: Thing | undefined;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Each on a line of its own; the first is the name. */
  readonly lines: readonly string[];
  readonly look: string;
}

/** What is laid out as one: a size, and the items in it. */
export interface Card {
  readonly width: number;
  readonly height: number;
  readonly items: readonly Item[];
}

/** How wide a character of the font of a picture is, in its units. */
export const charWidth = 7.25;
export const lineHeight = 17;
const gap = 6;
const pad = 12;

/** Text in so many units of width, cut where it is longer. */
export const fitted = (text: string, width: number): string => {
  const room = Math.max(3, Math.floor(width / charWidth));
  const characters = Array.from(text);
  return characters.length <= room ? text : `${characters.slice(0, room - 1).join('')}…`;
};

/** How much is told of each netns: of many, only what differs between them. */
export type CardDetail = 'full' | 'dense';

const mostRoutes = 4;

/** Processes side by side, links below each other, then routes and what could not be read. `links` are those that belong in it. */
export const netnsCard = (
  { processes, routes, strangers, unreadable }: NetnsBox,
  links: readonly LinkBox[],
  width: number,
  top: number,
  detail: CardDetail,
): Card => {
  const inner = width - 2 * pad;
  const items: Item[] = [];
  let y = top;
  const add = (rows: readonly Item[]): void => {
    items.push(...rows);
    y = Math.max(y, ...rows.map((row) => row.y + row.height + gap));
  };
  const text = (kind: 'route' | 'note', line: string): void =>
    add([item({ kind, y, width: inner, height: lineHeight - 4, lines: [line], look: kind })]);

  add(chips(processes, inner, y));
  for (const link of links) add([linkItem(link, pad, y, inner)]);
  if (detail === 'full') {
    for (const route of routes.slice(0, mostRoutes)) text('route', route);
    if (routes.length > mostRoutes) text('note', `and ${routes.length - mostRoutes} more routes`);
  }
  if (strangers.length > 0) text('note', `${strangers.length} veth to elsewhere: ${strangers.join(' ')}`);
  for (const reason of unreadable) text('note', `? ${reason}`);
  return { width, height: y - gap + pad, items };
};

/** A card of one link, for what stands by itself in a node's netns. */
export const linkCard = (link: LinkBox, width: number): Card => {
  const item = linkItem(link, 0, 0, width);
  return { width, height: item.height, items: [item] };
};

/** How wide the links of a netns would like to be. */
export const wishedWidth = (links: readonly LinkBox[]): number =>
  Math.max(0, ...links.flatMap((link) => linkLines(link).map((line) => line.length * charWidth + 24)));

const linkLines = ({ name, kind, mtu, facts, addresses }: LinkBox): readonly string[] => [
  `${name}  ${kind === 'loopback' ? '' : `${kind} #${facts.ifindex ?? '?'}  mtu ${mtu}`}`.trim(),
  ...(addresses.length === 0 ? [] : [addresses.join(' ')]),
];

const linkItem = (link: LinkBox, x: number, y: number, width: number): Item => {
  const lines = linkLines(link);
  return item({
    ...{ kind: 'link', thing: link, x, y, width, lines },
    height: lines.length * lineHeight + 8,
    look: ['link', link.kind === 'bridge' ? 'bridge' : '', link.up ? '' : 'down'].join(' ').trim(),
  });
};

const chips = (processes: readonly ProcessBox[], room: number, top: number): readonly Item[] => {
  let x = pad;
  let y = top;
  return processes.map((process) => {
    const line = `${process.name} ${process.running ? (process.facts.pid ?? '') : (process.facts.state ?? 'ended')}`;
    const width = Math.min(room, line.length * charWidth + 30);
    if (x > pad && x + width > room + pad) {
      x = pad;
      y += 26 + gap;
    }
    const chip = item({
      ...{ kind: 'process', thing: process, x, y, width, height: 26, lines: [line] },
      look: `process ${process.kind}${process.running ? '' : ' ended'}`,
    });
    x += width + gap;
    return chip;
  });
};

const item = (parts: Omit<Item, 'x' | 'thing'> & { readonly x?: number; readonly thing?: Thing }): Item => ({
  x: pad,
  ...parts,
  thing: parts.thing,
});
