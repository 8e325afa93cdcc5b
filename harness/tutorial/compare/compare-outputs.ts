import { alignAll, alignSome, isElision, type AlignedDiff, type LinePair } from './align.js';
import { pairsOf, type Bindings } from './bindings.js';
import { columnsOf } from './columns.js';
import { piecesOf } from './pieces.js';
import { isBound, shapeOf, type Piece } from './placeholders.js';

/** A line of a difference, its placeholders numbered through the document: `inet <ip 1>/24`. */
export interface DifferenceLine {
  readonly in: 'document' | 'output' | 'both';
  /** Its index among the documented lines, for those that are in the document. */
  readonly line: number | undefined;
  readonly text: string;
}

export interface Comparison {
  readonly same: boolean;
  /** With what the lines that agree say of what stands for what. */
  readonly bindings: Bindings;
  /** Empty when they are the same. */
  readonly difference: readonly DifferenceLine[];
  /** The documented lines as they have to be to be right: those that agree as they are, the others as they were printed. */
  readonly corrected: readonly string[];
  /** Where a thing of the document would have to be two things of the machine, or two would have to be one. */
  readonly conflicts: readonly string[];
}

/**
 * Compares a documented output with a printed one by structure: what differs from run to run must be the same thing wherever the document has the
 * same, and all else must match but for blanks. Pure. @param command the words of the command, which tell what columns it prints
 */
export const compareOutputs = (
  documented: readonly string[],
  printed: string,
  known: Bindings,
  command: readonly string[] = [],
): Comparison => {
  const left = readLines(documented, command);
  const right = readLines(linesOf(printed), command);
  const pairsAt = (pair: LinePair) =>
    pairsOf(left.pieces[pair.documented] ?? [], right.pieces[pair.actual] ?? []);
  const all = alignAll(left.shapes, right.shapes, (pair) => known.conflicts(pairsAt(pair)).length === 0);
  const allPairs = all?.flatMap(pairsAt) ?? [];
  if (all !== undefined && known.conflicts(allPairs).length === 0)
    return {
      same: true,
      bindings: known.with(allPairs),
      difference: [],
      corrected: documented,
      conflicts: [],
    };

  const some = alignSome(left.shapes, right.shapes);
  const pairs = some.pairs.flatMap(pairsAt);
  const bindings = known.with(pairs);
  const render = (side: 'documented' | 'actual', pieces: readonly Piece[] | undefined) =>
    shapeText(pieces ?? [], side, bindings);
  const difference = some.rows.flatMap(({ documented: d, actual: a }): readonly DifferenceLine[] => {
    const ours = d === undefined ? undefined : render('documented', left.pieces[d]);
    const theirs = a === undefined ? undefined : render('actual', right.pieces[a]);
    const line = d === undefined ? undefined : left.numbers[d];
    if (ours !== undefined && ours === theirs) return [{ in: 'both', line, text: ours }];
    return [
      ...(ours === undefined ? [] : [{ in: 'document' as const, line, text: ours }]),
      ...(theirs === undefined ? [] : [{ in: 'output' as const, line: undefined, text: theirs }]),
    ];
  });
  const corrected = correctedLines(some.rows, left, right, bindings);
  return { same: false, bindings, difference, corrected, conflicts: known.conflicts(pairs) };
};

const correctedLines = (
  rows: AlignedDiff['rows'],
  left: ReadLines,
  right: ReadLines,
  bindings: Bindings,
): readonly string[] => {
  const agree = ({ documented: d, actual: a }: AlignedDiff['rows'][number]) =>
    d !== undefined &&
    a !== undefined &&
    shapeText(left.pieces[d] ?? [], 'documented', bindings) ===
      shapeText(right.pieces[a] ?? [], 'actual', bindings);
  const lines: string[] = [];
  for (let at = 0; at < rows.length;) {
    const next = rows.findIndex((row, index) => index >= at && agree(row));
    const changed = rows.slice(at, next === -1 ? rows.length : next);
    const elision = changed.find(({ documented: d }) => d !== undefined && isElision(left.shapes[d] ?? ''));
    // What an elision stands for need not be written out.
    if (elision !== undefined) lines.push(left.raw[elision.documented ?? 0] ?? '');
    else
      lines.push(
        ...changed.flatMap(({ actual: a }) =>
          a === undefined ? [] : [inDocument(right.pieces[a] ?? [], bindings)],
        ),
      );
    if (next === -1) break;
    lines.push(left.raw[rows[next]?.documented ?? 0] ?? '');
    at = next + 1;
  }
  return lines;
};

/** A printed line with the document's own things for those that they stand for. */
const inDocument = (pieces: readonly Piece[], bindings: Bindings): string =>
  pieces
    .map(({ kind, text }) => (isBound(kind) ? (bindings.documentedOf(kind, text) ?? text) : text))
    .join('')
    .trimEnd();

interface ReadLines {
  readonly raw: readonly string[];
  readonly pieces: readonly (readonly Piece[])[];
  readonly shapes: readonly string[];
  /** The index of each among all lines; empty ones at both ends are left out. */
  readonly numbers: readonly number[];
}

const readLines = (lines: readonly string[], command: readonly string[]): ReadLines => {
  const columns = columnsOf(lines, command);
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  const kept = first === -1 ? [] : lines.slice(first, last + 1);
  const pieces = kept.map((line, index) => piecesOf(line, columns[first + index]));
  return {
    raw: kept,
    pieces,
    shapes: pieces.map((line) => shapeOf(line)),
    numbers: kept.map((_, index) => first + index),
  };
};

/** The lines of an output as a terminal shows them. */
export const linesOf = (output: string): readonly string[] => output.replace(/\n$/, '').split(/\r?\n/);

/** A line with its placeholders numbered: those that no line above has, are `<ip ?>`. */
const shapeText = (pieces: readonly Piece[], side: 'documented' | 'actual', bindings: Bindings): string =>
  isElision(shapeOf(pieces))
    ? shapeOf(pieces)
    : shapeOf(
        pieces.map(({ kind, text }) => {
          if (!isBound(kind)) return { kind, text };
          return { kind: 'text', text: `<${kind} ${bindings.numberOf(side, kind, text) ?? `? ${text}`}>` };
        }),
      );
