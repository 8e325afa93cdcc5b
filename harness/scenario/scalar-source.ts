/**
 * Where a character of a scalar's value stands in the text that the scalar was written with. Folding, indentation and
 * quoting only add and remove white space, so the n-th character of the value that is not white is the n-th of the text
 * that is not, with an escape sequence counting as what it stands for. That holds for all five styles.
 *
 * `raw` begins with the scalar's first character (its quote, `|` or `>` where it has one); both offsets count from 0.
 */
export const offsetInScalar = (raw: string, value: string, offset: number): number => {
  const characters = visible(raw);
  const before = [...value.slice(0, offset).matchAll(notWhite)].length;
  const exact = characters[before];
  if (exact !== undefined && offset < value.length && !isWhite(value.charAt(offset))) return exact.start;
  return characters[before - 1]?.end ?? exact?.start ?? 0;
};

interface Character {
  readonly start: number;
  readonly end: number;
}

const notWhite = /[^ \t\r\n]/g;

const isWhite = (text: string): boolean => /^[ \t\r\n]/.test(text);

const visible = (raw: string): readonly Character[] => {
  switch (raw.charAt(0)) {
    case '|':
    case '>': {
      const header = /^[^\r\n]*/.exec(raw)?.[0].length ?? 0;
      return matches(raw.slice(header), notWhite, header);
    }
    case "'":
      return matches(raw.slice(1, -1), /''|[^ \t\r\n]/g, 1);
    case '"':
      return matches(raw.slice(1, -1), /\\(?:x..|u.{4}|U.{8}|\r\n|[^])|[^ \t\r\n]/g, 1);
    default:
      return matches(raw, notWhite, 0);
  }
};

const matches = (text: string, pattern: RegExp, shift: number): readonly Character[] =>
  [...text.matchAll(pattern)].flatMap((match) => {
    const character = { start: match.index + shift, end: match.index + match[0].length + shift };
    const units = match[0].startsWith('\\') && pattern.source.startsWith('\\\\') ? escapedUnits(match[0]) : 1;
    return Array.from({ length: units }, () => character);
  });

/** How many UTF-16 units that are not white an escape sequence of a double-quoted scalar stands for. */
const escapedUnits = (escape: string): number => {
  if (/^\\[xuU]/.test(escape)) {
    const code = Number.parseInt(escape.slice(2), 16);
    return [0x20, 0x09, 0x0a, 0x0d].includes(code) ? 0 : code > 0xffff ? 2 : 1;
  }
  return /^\\[nrt \t\r\n]/.test(escape) ? 0 : 1;
};
