/** The word of a list that somebody most likely meant; undefined when none is near. */
export const nearest = (word: string, words: readonly string[]): string | undefined => {
  const ranked = words
    .map((candidate) => ({ candidate, steps: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps);
  const [best] = ranked;
  return best !== undefined && best.steps <= Math.min(3, Math.floor(word.length / 3))
    ? best.candidate
    : undefined;
};

/** How many letters to insert, remove or replace to get from one word to the other (Levenshtein). */
const distance = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of Array.from(from).entries()) {
    let before = index;
    const next = [index + 1];
    for (const [column, other] of Array.from(to).entries()) {
      const replaced = before + (letter === other ? 0 : 1);
      before = row[column + 1] ?? 0;
      next.push(Math.min(replaced, before + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
};
