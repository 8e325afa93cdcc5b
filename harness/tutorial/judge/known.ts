import { bindings, pairsOf, type Bindings } from '../compare/bindings.js';
import { columnsOf, type Columns } from '../compare/columns.js';
import { linesOf } from '../compare/compare-outputs.js';
import { piecesOf } from '../compare/pieces.js';
import type { PlaceholderKind } from '../compare/placeholders.js';

/** What a run has seen of a tutorial up to a place in it. */
export interface Known {
  readonly bindings: Bindings;
  /** What was printed, in order. */
  readonly printed: readonly Printed[];
}

export interface Printed {
  readonly id: string;
  readonly line: number;
  /** What was run, and in what place. */
  readonly source: string;
  readonly place: string;
  /** The words of its first command. */
  readonly words: readonly string[];
  readonly stdout: string;
  readonly stderr: string;
}

export const nothingKnown: Known = { bindings: bindings(), printed: [] };

/** All things of a kind that an output has, each once, in order. */
export const valuesIn = (
  { stdout, words }: Pick<Printed, 'stdout' | 'words'>,
  kind: PlaceholderKind,
): readonly string[] => {
  const lines = linesOf(stdout);
  const columns: readonly Columns[] = columnsOf(lines, words);
  const pieces = lines.flatMap((line, index) => piecesOf(line, columns[index]));
  return [...new Set(pieces.filter((piece) => piece.kind === kind).map(({ text }) => text))];
};

/** What a text that a reader types says of itself: an address in it is that address. */
export const withTyped = (known: Bindings, documented: string, typed: string): Bindings => {
  const [left, right] = [documented.split('\n'), typed.split('\n')];
  if (left.length !== right.length) return known;
  return known.with(left.flatMap((line, index) => pairsOf(piecesOf(line), piecesOf(right[index] ?? ''))));
};
