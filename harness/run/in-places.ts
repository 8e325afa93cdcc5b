/** Does one piece of work in a place of its own, and hands over its result before the place goes to the next in line. */
export type WorkInPlace<T> = (done: (result: T) => Promise<void>) => Promise<void>;

/**
 * Does several pieces of work, and then `conclude` with their results in order. The conclusion is drawn in the place of the last piece, so that
 * it is known before that place goes to the next in line.
 */
export const inPlaces = async <T, Result>(
  works: readonly WorkInPlace<T>[],
  conclude: (results: readonly T[]) => Promise<Result>,
): Promise<Result> => {
  const results: T[] = [];
  let left = works.length;
  return new Promise((resolve, reject) => {
    for (const [index, work] of works.entries()) {
      const done = async (result: T) => {
        results[index] = result;
        left -= 1;
        if (left === 0) resolve(await conclude(results));
      };
      work(done).catch(reject);
    }
  });
};
