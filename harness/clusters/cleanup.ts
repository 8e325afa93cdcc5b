/** What has to be undone, in the reverse of the order in which it was registered. (AsyncDisposableStack needs Node 24.) */
export interface Cleanup extends AsyncDisposable {
  /** To be called before what it undoes is begun, or at once after. */
  defer(undo: () => unknown): void;
}

/** Disposing of it undoes everything, also when a part of that fails, and then throws what failed. It undoes nothing twice. */
export const cleanup = (): Cleanup => {
  const undos: (() => unknown)[] = [];
  return {
    defer: (undo) => void undos.push(undo),
    async [Symbol.asyncDispose]() {
      const errors: unknown[] = [];
      for (let undo = undos.pop(); undo !== undefined; undo = undos.pop()) {
        try {
          await undo();
        } catch (error) {
          errors.push(error);
        }
      }
      if (errors.length === 1) throw errors[0];
      if (errors.length > 1) throw new AggregateError(errors, 'several parts of the clean-up failed');
    },
  };
};
