import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { identityOf, identityPattern, identityText, mayLive, ownIdentity } from '../../process-identity.js';

/** What a process keeps beside a file while that is changed: what was there before, or what is to take its place. */
type Kept = 'before' | 'new';

/** Where this process keeps it. */
export const keptBeside = async (file: string, what: Kept): Promise<string> =>
  `${file}.${what}@${identityText(await ownIdentity())}`;

/** Whether a file was made by this, and was not there already. */
export const isFirst = (making: Promise<void>): Promise<boolean> =>
  making.then(
    () => true,
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    },
  );

interface Left {
  readonly what: Kept;
  /** The file that it is about. */
  readonly file: string;
  readonly kept: string;
}

/** What processes that have ended have kept in a folder. */
export const leftIn = async (folder: string): Promise<readonly Left[]> => {
  const left: Left[] = [];
  for (const name of await readdir(folder)) {
    const [, file, what, ...owner] = new RegExp(`^(.+)\\.(before|new)@${identityPattern}$`).exec(name) ?? [];
    if (file === undefined || (await mayLive(identityOf(...owner)))) continue;
    left.push({ what: what as Kept, file: join(folder, file), kept: join(folder, name) });
  }
  return left;
};
