import { plain } from './sentences.js';

/** How much two texts have in common, by their words: 1 when they have the same ones, 0 when none. */
export const likeness = (a: string, b: string): number => {
  const [left, right] = [wordsOf(a), wordsOf(b)];
  const counts = new Map<string, number>();
  for (const word of left) counts.set(word, (counts.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of right) {
    const count = counts.get(word) ?? 0;
    if (count > 0) common += 1;
    counts.set(word, count - 1);
  }
  return left.length + right.length === 0 ? 0 : (2 * common) / (left.length + right.length);
};

const wordsOf = (text: string): readonly string[] =>
  plain(text)
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** The candidate that is most like a text, if any has about a third of it. */
export const nearestText = <T extends { readonly text: string }>(
  text: string,
  candidates: readonly T[],
): T | undefined => {
  const [best] = candidates
    .map((candidate) => ({ candidate, score: likeness(text, candidate.text) }))
    .filter(({ score }) => score > 0.35)
    .sort((one, other) => other.score - one.score);
  return best?.candidate;
};
