import { readdir, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Problem } from '../domain/problem.js';
import { reasonOf } from '../domain/input-file.js';

/**
 * The files that arguments stand for: a file as it is, a folder by all *.yaml and *.yml below it, sorted by path. Folders whose names
 * begin with a dot are left out, and so is a file that was named before.
 */
export const scenarioFiles = async (
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<{ readonly files: readonly string[]; readonly problems: readonly Problem[] }> => {
  const found = await Promise.all(paths.map((path) => filesOf(path, signal)));
  const files = found.flatMap((one) => ('message' in one ? [] : one));
  return {
    files: [...new Map(files.map((file) => [resolve(file), file])).values()],
    problems: found.flatMap((one) => ('message' in one ? [one] : [])),
  };
};

const filesOf = async (path: string, signal?: AbortSignal): Promise<readonly string[] | Problem> => {
  signal?.throwIfAborted();
  try {
    const found = await stat(path);
    if (!found.isDirectory())
      return found.isFile() ? [path] : aboutFile(path, 'is neither a file nor a folder');
    const files = await filesBelow(path, signal);
    return files.length > 0
      ? files
      : aboutFile(path, 'has no scenario: no file below it ends in .yaml or .yml');
  } catch (error) {
    signal?.throwIfAborted();
    return aboutFile(path, reasonOf(error));
  }
};

const filesBelow = async (folder: string, signal?: AbortSignal): Promise<readonly string[]> => {
  signal?.throwIfAborted();
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries.map(async (entry): Promise<readonly string[]> => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name.startsWith('.') ? [] : filesBelow(path, signal);
      if (!/\.ya?ml$/.test(entry.name)) return [];
      // A link counts as the file that it leads to; one to a folder could lead in circles.
      return entry.isFile() || (await stat(path)).isFile() ? [path] : [];
    }),
  );
  return nested.flat().sort();
};

/** The path of a file that another one names: relative to that. */
export const fileNamedIn = ({ file }: { readonly file: string }, name: string): string =>
  isAbsolute(name) ? name : join(dirname(file), name);

/** A problem with a file as a whole. */
export const aboutFile = (file: string, message: string): Problem => ({
  file,
  line: 1,
  column: 1,
  message,
  severity: 'error',
});
