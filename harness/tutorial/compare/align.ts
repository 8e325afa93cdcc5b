import { diffArrays } from 'diff';

/** A documented line and the printed line that it stands for, by their indexes. */
export interface LinePair {
  readonly documented: number;
  readonly actual: number;
}

/** A line that stands for any lines: `...`, `…`, `[...]`. */
export const isElision = (shape: string): boolean =>
  /^(\.{3,}|…|\[(\.{3}|…)\]|<snip>|--- ?snip ?---)$/.test(shape);

const elided = /\s?(\.{3}|…)$/;

/** Whether a printed line is what a documented one says; one that ends with `…` says only how it begins. */
const fitsLine = (documented: string, actual: string): boolean =>
  documented === actual || (elided.test(documented) && actual.startsWith(documented.replace(elided, '')));

/**
 * Pairs all documented lines with all printed ones, but for those that an elision stands for; undefined when they do not fit.
 * `agrees` says whether two lines of the same shape may be the same line.
 */
export const alignAll = (
  documented: readonly string[],
  actual: readonly string[],
  agrees: (pair: LinePair) => boolean,
): readonly LinePair[] | undefined => {
  const fits = (d: number, a: number) =>
    fitsLine(documented[d] ?? '', actual[a] ?? '') && agrees({ documented: d, actual: a });
  // For each pair of starts it is tried once whether the rests fit.
  const failed = new Set<string>();
  const align = (d: number, a: number): readonly LinePair[] | undefined => {
    if (d === documented.length) return a === actual.length ? [] : undefined;
    if (failed.has(`${d} ${a}`)) return undefined;
    let found: readonly LinePair[] | undefined;
    if (isElision(documented[d] ?? '')) {
      for (let next = a; next <= actual.length && found === undefined; next += 1) found = align(d + 1, next);
    } else if (a < actual.length && fits(d, a)) {
      const rest = align(d + 1, a + 1);
      found = rest && [{ documented: d, actual: a }, ...rest];
    }
    if (found === undefined) failed.add(`${d} ${a}`);
    return found;
  };
  if (!documented.some(isElision)) {
    // Without elisions there is only one way; long outputs are no deep recursions.
    if (documented.length !== actual.length) return undefined;
    const pairs = documented.map((_, index) => ({ documented: index, actual: index }));
    return pairs.every(({ documented: d, actual: a }) => fits(d, a)) ? pairs : undefined;
  }
  return align(0, 0);
};

export interface AlignedDiff {
  readonly pairs: readonly LinePair[];
  /** In the order in which a reader goes through both: what is only in the document, only printed, or in both. */
  readonly rows: readonly { readonly documented?: number; readonly actual?: number }[];
}

/** The longest common lines of two outputs that do not fit, and between them what is only in one. */
export const alignSome = (documented: readonly string[], actual: readonly string[]): AlignedDiff => {
  const pairs: LinePair[] = [];
  const rows: { readonly documented?: number; readonly actual?: number }[] = [];
  let d = 0;
  let a = 0;
  for (const { added, removed, count } of diffArrays([...documented], [...actual])) {
    for (let line = 0; line < count; line += 1) {
      const row = added ? { actual: a++ } : removed ? { documented: d++ } : { documented: d++, actual: a++ };
      rows.push(row);
      if (row.documented !== undefined && row.actual !== undefined)
        pairs.push({ documented: row.documented, actual: row.actual });
    }
  }
  return { pairs, rows };
};
