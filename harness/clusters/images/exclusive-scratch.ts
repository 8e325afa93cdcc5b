import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { holdLock } from './exclusive-lock.js';

/** Runs `work` with an empty folder below `root` that is gone afterwards, while no other process does the same under the same name. */
export const exclusively = async <T>(
  root: string,
  name: string,
  work: (scratch: string) => Promise<T>,
  signal: AbortSignal,
): Promise<T> => {
  await mkdir(root, { recursive: true, mode: 0o755 });
  const lock = await holdLock(join(root, `${name}.lock`), signal);
  try {
    // Under the lock, a scratch folder of this name can only be one that a killed run left.
    await removeAll(root, `${name}.tmp-`);
    return await work(await mkdtemp(join(root, `${name}.tmp-`)));
  } finally {
    await removeAll(root, `${name}.tmp-`);
    await lock[Symbol.asyncDispose]();
  }
};

const removeAll = async (folder: string, prefix: string): Promise<void> => {
  const entries = (await readdir(folder)).filter((entry) => entry.startsWith(prefix));
  await Promise.all(entries.map((entry) => rm(join(folder, entry), { recursive: true, force: true })));
};
