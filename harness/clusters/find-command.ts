import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the harness and its nodes look for commands. */
export const commandPath = [
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/sbin',
  '/usr/bin',
  '/sbin',
  '/bin',
] as const;

/** The path of a command of this machine; undefined when it is not installed. */
export const findCommand = async (
  name: string,
  folders: readonly string[] = commandPath,
): Promise<string | undefined> => {
  const candidates = folders.map((folder) => join(folder, name));
  const usable = await Promise.all(
    candidates.map((candidate) =>
      access(candidate, constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  );
  return candidates.find((_, index) => usable[index]);
};
