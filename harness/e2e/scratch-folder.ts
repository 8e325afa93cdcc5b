import { mkdtemp, rm } from 'node:fs/promises';

/** A new folder for a test's files, of a name that the inventory does not count. Disposing of it removes it. */
export const scratchFolder = async (): Promise<AsyncDisposable & { readonly path: string }> => {
  const path = await mkdtemp('/tmp/e2e-');
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
};
