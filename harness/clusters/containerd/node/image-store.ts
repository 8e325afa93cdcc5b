import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { exclusively } from '../../images/exclusive-scratch.js';
import type { ImageArchive } from '../../images/image-archive.js';
import { bootNode } from './boot.js';
import { importArchive } from './import-archive.js';

export interface StoreOptions {
  readonly cacheDir: string;
  /** Which containerd makes the store: another version may read its databases otherwise. */
  readonly runtime: string;
  readonly progress: (phase: string) => void;
}

/** To be raised when stores made by an older version of this code must not be used any more. */
const storeVersion = 1;

/**
 * A containerd root that holds the images of the archives unpacked, made once and then shared by all nodes that need just these:
 * `databases` is copied by each node, `blobs` and `snapshots` are only read. So a node has its images without importing any.
 * @returns the store's folder
 */
export const imageStore = async (
  archives: readonly ImageArchive[],
  options: StoreOptions,
  signal: AbortSignal,
): Promise<string> => {
  const key = storeKey(archives, options.runtime);
  const root = join(options.cacheDir, 'stores');
  const store = join(root, key);
  if (existsSync(store)) return store;

  options.progress('unpacking the images');
  return exclusively(
    root,
    key,
    async (scratch) => {
      // Another run may have made it while this one waited.
      if (existsSync(store)) return store;
      await fill(archives, scratch, signal);
      await rename(join(scratch, 'store'), store);
      return store;
    },
    signal,
  );
};

const storeKey = (archives: readonly ImageArchive[], runtime: string): string =>
  createHash('sha256')
    .update([storeVersion, runtime, ...archives.map(({ digest }) => digest)].join('\n'))
    .digest('hex')
    .slice(0, 16);

const content = 'io.containerd.content.v1.content';
const snapshotter = 'io.containerd.snapshotter.v1.overlayfs';
const metadata = 'io.containerd.metadata.v1.bolt';

const fill = async (archives: readonly ImageArchive[], scratch: string, signal: AbortSignal) => {
  const made = join(scratch, 'new');
  await mkdir(made, { mode: 0o711 });
  {
    await using node = await bootNode(
      {
        name: 'image-store',
        mark: 'image-store',
        store: scratch,
        pauseImage: '',
        runtime: undefined,
        conflist: undefined,
        cniBinDir: undefined,
      },
      signal,
    );
    // One after the other: they may share layers.
    for (const archive of archives) await importArchive(node, archive.path, signal);
  }
  const store = join(scratch, 'store');
  const databases = join(store, 'databases');
  await mkdir(join(databases, snapshotter), { recursive: true });
  await Promise.all([
    rename(join(made, metadata), join(databases, metadata)),
    rename(join(made, snapshotter, 'metadata.db'), join(databases, snapshotter, 'metadata.db')),
    rename(join(made, snapshotter, 'snapshots'), join(store, 'snapshots')),
    rename(join(made, content, 'blobs'), join(store, 'blobs')),
  ]);
};
