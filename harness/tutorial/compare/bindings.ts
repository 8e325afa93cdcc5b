import { isBound, type BoundKind, type Piece } from './placeholders.js';

/** Which thing of the machine each thing of the document stands for, so far: a one-to-one relation for each kind. */
export interface Bindings {
  readonly pairs: readonly Pair[];
  actualOf(kind: BoundKind, documented: string): string | undefined;
  documentedOf(kind: BoundKind, actual: string): string | undefined;
  /** The document's number for it, from 1; undefined for what no line above has. */
  numberOf(side: 'documented' | 'actual', kind: BoundKind, value: string): number | undefined;
  /** How the pairs contradict what is bound, and each other; empty when they do not. */
  conflicts(pairs: readonly Pair[]): readonly string[];
  /** With those of the pairs that contradict nothing. */
  with(pairs: readonly Pair[]): Bindings;
}

export interface Pair {
  /** A cable is told by the indexes of its two ends, the same from either end: `2/7`. */
  readonly kind: BoundKind | 'cable';
  readonly documented: string;
  readonly actual: string;
}

/** The pairs that two lines of one shape make. */
export const pairsOf = (documented: readonly Piece[], actual: readonly Piece[]): readonly Pair[] => {
  const values = (pieces: readonly Piece[]) => pieces.filter(({ kind }) => kind !== 'text');
  const others = values(actual);
  const [one, other] = [cableOf(documented), cableOf(actual)];
  return [
    ...values(documented).flatMap(({ kind, text }, index): readonly Pair[] => {
      const counterpart = others[index];
      return isBound(kind) && counterpart?.kind === kind
        ? [{ kind, documented: text, actual: counterpart.text }]
        : [];
    }),
    ...(one === undefined || other === undefined
      ? []
      : [{ kind: 'cable' as const, documented: one, actual: other }]),
  ];
};

/** The ends of the cable that a line such as `2: eth0@if7: …` is about. */
const cableOf = (pieces: readonly Piece[]): string | undefined => {
  const [own, peer] = pieces.flatMap(({ kind, text }, index) =>
    kind === 'ifindex' ? [{ text, isPeer: pieces[index - 1]?.text.endsWith('@if') === true }] : [],
  );
  if (own === undefined || own.isPeer || peer?.isPeer !== true) return undefined;
  return [own.text, peer.text].sort().join('/');
};

const named = ({ kind, documented }: Pair) => (kind === 'cable' ? `the cable ${documented}` : documented);

const key = (kind: Pair['kind'], value: string) => `${kind} ${value}`;

/** What is bound before anything was seen, or by pairs that do not contradict each other. */
export const bindings = (pairs: readonly Pair[] = []): Bindings => {
  const sides = {
    documented: new Map(pairs.map((pair) => [key(pair.kind, pair.documented), pair])),
    actual: new Map(pairs.map((pair) => [key(pair.kind, pair.actual), pair])),
  };

  const merge = (more: readonly Pair[]) => {
    const documented = new Map(sides.documented);
    const actual = new Map(sides.actual);
    const conflicts: string[] = [];
    const added: Pair[] = [];
    for (const pair of more) {
      const one = documented.get(key(pair.kind, pair.documented));
      const other = actual.get(key(pair.kind, pair.actual));
      if (one !== undefined && one.actual !== pair.actual)
        conflicts.push(`${named(pair)} was ${one.actual} above, and is ${pair.actual} here`);
      // Two cables may have the same indexes, in other network namespaces.
      else if (other !== undefined && other.documented !== pair.documented && pair.kind !== 'cable')
        conflicts.push(`${pair.documented} and ${other.documented} are one here: ${pair.actual}`);
      else if (one === undefined) {
        added.push(pair);
        documented.set(key(pair.kind, pair.documented), pair);
        actual.set(key(pair.kind, pair.actual), pair);
      }
    }
    return { conflicts, added };
  };

  return {
    pairs,
    actualOf: (kind, documented) => sides.documented.get(key(kind, documented))?.actual,
    documentedOf: (kind, actual) => sides.actual.get(key(kind, actual))?.documented,
    numberOf(side, kind, value) {
      const pair = sides[side].get(key(kind, value));
      return pair === undefined ? undefined : pairs.filter((one) => one.kind === kind).indexOf(pair) + 1;
    },
    conflicts: (more) => merge(more).conflicts,
    with: (more) => bindings([...pairs, ...merge(more).added]),
  };
};
