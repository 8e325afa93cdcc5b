/** The middle value; of an even number of them, the mean of the middle two. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
};

/** Milliseconds that work took. */
export const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

/** The times of work done several times, after once that is not counted. */
export const repeated = async (times: number, work: () => Promise<unknown>): Promise<readonly number[]> => {
  await work();
  const all: number[] = [];
  for (let round = 0; round < times; round += 1) all.push(await timed(work));
  return all;
};
