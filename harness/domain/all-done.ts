/** Waits for all, also when one fails: what they work in may then be removed. Throws the first failure in the order given. */
export const allDone = async <T>(work: readonly Promise<T>[]): Promise<readonly T[]> => {
  const results = await Promise.allSettled(work);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
};
