import { visible } from '../visible.js';

/** Text that is markup already; everything else is escaped on its way into it. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Markup | readonly Part[] | undefined;

/** A piece of HTML or SVG. Strings in it are made visible and escaped, also in attributes, which need double quotes. */
export const markup = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  new Markup(strings.reduce((text, string, index) => text + rendered(parts[index - 1]) + string));

/** Text of several lines, its line ends kept, for a `pre`. */
export const preformatted = (lines: readonly string[]): Markup =>
  new Markup(lines.map((line) => escaped(line)).join('\n'));

/** Words that no reader sees, of characters that need no escape. */
export const plainWords = (words: readonly string[]): Markup =>
  new Markup(words.filter((word) => /^[\w:.-]+$/.test(word)).join(' '));

/** A list as JSON, for an attribute that a script reads. It is whole, however long. */
export const jsonList = (items: readonly string[]): Markup =>
  new Markup(escaped(JSON.stringify(items.map(visible))));

const rendered = (part: Part): string => {
  if (part === undefined) return '';
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escaped(visible(part));
  return part instanceof Markup ? part.text : part.map(rendered).join('');
};

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
