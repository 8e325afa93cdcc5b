/** Does work in one of a limited number of places, first come, first served. */
export type InPlace = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Does several pieces of work, each in a place of its own, and then `conclude` with their results in order. The conclusion is drawn in
 * the place of the last piece, so that it is known before that place goes to the next in line.
 */
export const inPlaces = async <T, Result>(
  works: readonly (() => Promise<T>)[],
  inPlace: InPlace,
  conclude: (results: readonly T[]) => Promise<Result>,
): Promise<Result> => {
  const results: T[] = [];
  let left = works.length;
  return new Promise((resolve, reject) => {
    for (const [index, work] of works.entries()) {
      const place = inPlace(async () => {
        results[index] = await work();
        left -= 1;
        if (left === 0) resolve(await conclude(results));
      });
      place.catch(reject);
    }
  });
};
