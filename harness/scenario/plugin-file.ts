import { stat } from 'node:fs/promises';
import type { DocumentPath } from '../domain/manifest.js';
import type { Problem } from '../domain/problem.js';
import { reasonOf } from '../domain/input-file.js';
import { fileNamedIn } from './scenario-files.js';
import type { YamlDocument } from './yaml-document.js';

/** The program that a step names, and why it cannot be had. */
export interface PluginFile {
  readonly file: string;
  readonly problems: readonly Problem[];
}

/** Looks whether the plugin that is named at a path of a scenario file is there. */
export const findPlugin = async (
  document: YamlDocument,
  path: DocumentPath,
  name: string | undefined,
): Promise<PluginFile | undefined> => {
  if (name === undefined) return undefined;
  const file = fileNamedIn(document, name);
  const reason = await stat(file).then(
    (found) => (found.isDirectory() ? reasonOf({ code: 'EISDIR' }) : undefined),
    reasonOf,
  );
  return {
    file,
    problems: reason === undefined ? [] : [document.problem(path, `${file} ${reason}`)],
  };
};
