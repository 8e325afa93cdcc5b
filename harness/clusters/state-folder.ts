import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { geteuid } from 'node:process';
import { NetclaimsError } from '../domain/error.js';

/** Bits of a mode, inode(7). */
const othersWrite = 0o022;
const sticky = 0o1000;

/** Below the state folder: the records of containerd clusters, and the kubeconfigs of kind clusters. */
export const stateParts = { clusters: 'clusters', kubeconfigs: 'kind' } as const;

/** `requireOwnFolder` for the state folder and its parts. */
export const requireOwnState = async (stateDir: string): Promise<void> => {
  await requireOwnFolder(stateDir);
  for (const part of Object.values(stateParts)) await requireOwnFolder(join(stateDir, part));
};

/**
 * Makes sure that nobody else can write to the folder of the state: what is read there names processes to end. That it is missing is as good.
 * @throws NetclaimsError `usage/state-folder`
 */
export const requireOwnFolder = async (folder: string, self = geteuid?.()): Promise<void> => {
  if (self === undefined) return;
  const own = await statOf(folder);
  if (own !== undefined) {
    if (!own.isDirectory()) throw refused(folder, 'it is no folder', 'name another one');
    if (own.uid !== self)
      throw refused(folder, `it belongs to the user ${own.uid}, and this is ${self}`, 'name one of your own');
    if ((own.mode & othersWrite) !== 0)
      throw refused(
        folder,
        `others can write to it (mode ${octal(own.mode)})`,
        `run \`chmod go-w ${folder}\``,
        '',
      );
  }
  const parent = dirname(folder);
  const above = await statOf(parent);
  if (above === undefined) return;
  const shared = (above.mode & othersWrite) !== 0 && (above.mode & sticky) === 0;
  if (shared || (above.uid !== self && above.uid !== 0)) {
    const whose = `the folder above it can be written to by others (${parent}: user ${above.uid}, mode ${octal(above.mode)})`;
    throw refused(folder, whose, 'name one of your own');
  }
};

const statOf = (path: string) =>
  lstat(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });

const octal = (mode: number): string => (mode & 0o7777).toString(8).padStart(4, '0');

const refused = (
  folder: string,
  why: string,
  remedy: string,
  by = ' with NETCLAIMS_STATE_DIR',
): NetclaimsError =>
  new NetclaimsError({
    code: 'usage/state-folder',
    what: `the state folder ${folder} is not safe to use`,
    evidence: [why],
    remedy: `${remedy}${by}`,
  });
