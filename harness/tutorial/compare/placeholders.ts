/** What differs from run to run, and so is compared by whether it is the same thing everywhere, not by its letters. */
export const boundKinds = ['ip', 'mac', 'netns', 'pid', 'link', 'node', 'id', 'suffix', 'uuid'] as const;
/**
 * What may differ each time it is seen: what is measured, and numbers that each network namespace gives its own links and neighbours, so that one number
 * is many things. Of those, what makes a cable of two links must be the same (see bindings.ts).
 */
export const measuredKinds = ['time', 'duration', 'measure', 'ifindex', 'nsid'] as const;

export type BoundKind = (typeof boundKinds)[number];
export type PlaceholderKind = BoundKind | (typeof measuredKinds)[number];

/** A piece of a line: text that must match, or something that stands for what differs from run to run. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: PlaceholderKind; readonly text: string };

/** Whether it must be the same thing wherever it stands. */
export const isBound = (kind: Piece['kind']): kind is BoundKind =>
  (boundKinds as readonly string[]).includes(kind);

/** The line with its placeholders as `<ip>`, blanks between words as one. */
export const shapeOf = (pieces: readonly Piece[]): string =>
  pieces
    .map(({ kind, text }) => (kind === 'text' ? text : `<${kind}>`))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
