/** Control and format characters, line separators, halves of a pair, no characters: what a terminal obeys or XML cannot have. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

const shortNames: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * The text on one line with everything that a terminal would obey written out: ESC as `\x1b`, a newline as `\n`, a change of direction
 * as `\u202e`. What containers print ends up in reports; it must not move a reader's cursor.
 */
export const visible = (text: string): string =>
  text.replace(unseen, (character) => shortNames[character] ?? escapeOf(character.codePointAt(0) ?? 0));

/** The lines of a text, each made visible; a trailing newline adds none. */
export const visibleLines = (text: string): readonly string[] =>
  text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map(visible);

const escapeOf = (code: number): string => {
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
};
