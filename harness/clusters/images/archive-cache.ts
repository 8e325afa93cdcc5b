import { chmod, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { absent } from '../../domain/absent.js';
import { fileDigest } from './oci-archive.js';
import type { ImageArchive } from './image-archive.js';
import { exclusively } from './exclusive-scratch.js';

/**
 * The folder of image archives in the cache. Each archive lies in a folder of its own, beside what is known of it, so that finding it
 * needs neither to hash nor to open it. A folder appears there complete or not at all.
 */
export interface ArchiveCache {
  /** The archive of this key; undefined when there is none, or it is damaged: then make it again. */
  find(key: string): Promise<ImageArchive | undefined>;
  /** `exclusively` in this cache's folder. */
  exclusively<T>(name: string, work: (scratch: string) => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Moves the finished archive at `file` into the cache. To be called inside `exclusively`. */
  add(key: string, references: readonly string[], file: string, scratch: string): Promise<ImageArchive>;
}

/** The archives below `<cacheDir>/images`. */
export const openArchiveCache = (cacheDir: string): ArchiveCache => {
  const root = join(cacheDir, 'images');
  const archiveIn = (key: string) => join(root, key, 'archive.tar');

  const find = async (key: string): Promise<ImageArchive | undefined> => {
    const [text, archive] = await Promise.all([
      readFile(join(root, key, 'image.json'), 'utf8').catch(absent),
      stat(archiveIn(key)).catch(absent),
    ]);
    const known = text === undefined ? undefined : knownIn(text);
    if (known === undefined || archive === undefined) return undefined;
    if (known.size !== undefined && known.size !== archive.size) return undefined;
    return { references: known.references, path: archiveIn(key), digest: known.digest };
  };

  return {
    find,

    exclusively: (name, work, signal) => exclusively(root, name, work, signal),

    async add(key, references, file, scratch) {
      const folder = await mkdtemp(join(scratch, 'entry-'));
      const digest = await fileDigest(file);
      await rename(file, join(folder, 'archive.tar'));
      const { size } = await stat(join(folder, 'archive.tar'));
      await writeFile(join(folder, 'image.json'), JSON.stringify({ references, digest, size }, undefined, 2));
      await chmod(join(folder, 'archive.tar'), 0o644);
      await chmod(join(folder, 'image.json'), 0o644);
      await chmod(folder, 0o755);
      // Only one that is damaged can be there.
      await rm(join(root, key), { recursive: true, force: true });
      await rename(folder, join(root, key));
      return { references, path: archiveIn(key), digest };
    },
  };
};

interface Known {
  readonly references: readonly string[];
  readonly digest: string;
  /** Older versions did not write it. */
  readonly size?: number;
}

/** undefined when the text is cut short. */
const knownIn = (text: string): Known | undefined => {
  try {
    const known = JSON.parse(text) as Partial<Known> | null;
    if (known === null || !Array.isArray(known.references)) return undefined;
    return typeof known.digest === 'string' ? (known as Known) : undefined;
  } catch {
    return undefined;
  }
};
