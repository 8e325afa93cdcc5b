import type { Position } from '../domain/manifest.js';

/** A file's text, without a byte order mark, and the places in it. Offsets count UTF-16 units from 0. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
  positionAt(offset: number): Position;
  /** The line of an offset with carets under `start` up to `end`, which is cut at the line's end; for `Problem.excerpt`. */
  excerpt(start: number, end: number): string;
}

const widest = 100;

export const sourceText = (file: string, content: string): SourceText => {
  const text = content.replace(/^\uFEFF/, '');
  const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((match) => match.index + match[0].length)];

  const positionAt = (offset: number): Position => {
    const line = lastAtMost(starts, Math.min(offset, text.length));
    return { line: line + 1, column: Math.min(offset, text.length) - (starts[line] ?? 0) + 1 };
  };

  return {
    file,
    text,
    positionAt,
    excerpt: (start, end) => {
      const { line, column } = positionAt(start);
      const [whole = ''] = text.slice(starts[line - 1]).split(/\r\n|\r|\n/, 1);
      // A long line, such as JSON written in one, is cut on both sides.
      const from = whole.length > widest ? Math.max(0, column - 1 - widest / 2) : 0;
      const shown = whole.slice(from, from + widest).replace(/(?!\t)\p{Cc}/gu, '\uFFFD');
      const before = shown.slice(0, column - 1 - from);
      return `    ${shown}\n    ${before.replace(/[^\t]/gu, ' ')}${'^'.repeat(Math.max(1, Math.min(end - start, shown.length - before.length)))}`;
    },
  };
};

/** The index of the last number that is at most `limit`. */
const lastAtMost = (sorted: readonly number[], limit: number): number => {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((sorted[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
};
