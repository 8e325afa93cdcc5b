import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NetclaimsError } from '../../domain/error.js';
import { goldens } from './goldens.js';

/**
 * Rewrites the golden reports in a folder, for a person who then reads the difference before committing it.
 * @throws NetclaimsError `usage/golden-in-ci` where nobody would read it
 */
export const rewriteGoldens = async (folder: string, inCi: boolean): Promise<void> => {
  if (inCi) {
    throw new NetclaimsError({
      code: 'usage/golden-in-ci',
      what: 'golden reports are not rewritten in CI',
      remedy: 'rewrite them on your machine, read the difference, and commit it',
    });
  }
  const old = (await readdir(folder)).filter((name) => name.endsWith('.golden'));
  await Promise.all(old.filter((name) => !(name in goldens)).map((name) => rm(join(folder, name))));
  await Promise.all(Object.entries(goldens).map(([name, text]) => writeFile(join(folder, name), text)));
};
