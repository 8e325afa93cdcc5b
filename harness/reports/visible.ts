import { excerpt } from './excerpt.js';

/** Control and format characters, line separators, halves of a pair, no characters: what a terminal obeys or XML cannot have. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

const shortNames: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** What a CI system obeys in a log, as `::error::` and `##[error]` of GitHub or `##vso[` of Azure. An address such as `fe80::1` is none. */
const ciCommands =
  /::(?=(?:error|warning|notice|debug|group|endgroup|echo|add-mask|add-matcher|remove-matcher|add-path|set-env|set-output|save-state|stop-commands)\b)|##(?=[a-z-]*\[)/gi;

/**
 * The text on one line with everything that a terminal or a CI system would obey written out: ESC as `\x1b`, a newline as `\n`, a change
 * of direction as `\u202e`, `::error::` as `\x3a:error::`. What containers print ends up in reports; it must not move a reader's cursor.
 * A line that nobody could read to its end is cut, and says so.
 */
export const visible = (text: string): string =>
  excerpt(text)
    .replace(unseen, (character) => shortNames[character] ?? escapeOf(character.codePointAt(0) ?? 0))
    .replace(ciCommands, (start) => `${escapeOf(start.codePointAt(0) ?? 0)}${start.slice(1)}`);

/** The lines of a text, each made visible; a trailing newline adds none. More lines than `most` are counted instead. */
export const visibleLines = (text: string, most = 1_000): readonly string[] => {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/, most + 1);
  const shown = lines.slice(0, most).map(visible);
  return lines.length <= most ? shown : [...shown, '… and more lines'];
};

/** Lines of prose or of an expression as one, to be wrapped anew. */
export const oneLine = (text: string): string => visibleLines(text.trim()).join(' ').replaceAll(/ +/g, ' ');

const escapeOf = (code: number): string => {
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
};
