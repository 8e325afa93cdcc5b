/** Control and format characters, line separators, halves of a pair, no characters: what a terminal obeys or XML cannot have. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

const shortNames: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The text with every such character written out, ESC as `\x1b`, but for those in `but`. */
export const writtenOut = (text: string, but = ''): string =>
  text.replace(unseen, (character) =>
    but.includes(character) ? character : (shortNames[character] ?? escapeOf(character.codePointAt(0) ?? 0)),
  );

/** A character by its number: `\x1b`, `\u202e`, `\u{e0001}`. */
export const escapeOf = (code: number): string => {
  // A byte of an output that is not UTF-8.
  if (code >= 0xdc80 && code <= 0xdcff) return escapeOf(code - 0xdc00);
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
};
