import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { NetclaimsError } from '../domain/error.js';
import { draftScenarios } from '../tutorial/init/draft-scenarios.js';
import { exitCode, type ExitCode } from './exit-code.js';
import { readTutorials } from './read-tutorials.js';
import type { Terminal } from './terminal.js';

export interface InitFlags {
  readonly out: string;
}

/** `netclaims init`: a scenario file for each claim of a document, to begin with. A file that is there already is left as it is. */
export const init = async (file: string, { out }: InitFlags, terminal: Terminal): Promise<ExitCode> => {
  const [tutorial] = (await readTutorials([file], terminal)) ?? [];
  if (tutorial === undefined) return exitCode.usage;
  const drafts = draftScenarios(tutorial.document, tutorial.plan);
  if (drafts.length === 0) {
    throw new NetclaimsError({
      code: 'usage/no-claim',
      what: `${file} has no sentence that looks like a claim`,
      remedy: 'write <!-- netclaims: claim --> above those that are',
    });
  }
  const folder = resolve(terminal.folder, out);
  await mkdir(folder, { recursive: true });
  for (const { name, text } of drafts) {
    const path = join(folder, `${name}.yaml`);
    const written = await writeFile(path, text, { flag: 'wx' }).then(
      () => true,
      (error: unknown) => {
        if (!isThere(error)) throw error;
        return false;
      },
    );
    terminal.result(`${join(out, `${name}.yaml`)}${written ? '' : ' is there already, and left as it is'}\n`);
  }
  terminal.progress(`${drafts.length} claims; \`that\` and the controls of each are yours to write\n`);
  return exitCode.holds;
};

/** By its code: under Jest, what Node throws is no instance of the `Error` that is in sight here. */
const isThere = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST';
