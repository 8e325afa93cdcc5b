import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openArchiveCache } from './archive-cache.js';

const never = new AbortController().signal;
let cacheDir: string;
beforeEach(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'netclaims-cache-'));
});
afterEach(() => rm(cacheDir, { recursive: true }));

const add = () => {
  const cache = openArchiveCache(cacheDir);
  return cache.exclusively(
    'key',
    async (scratch) => {
      const file = join(scratch, 'made.tar');
      await writeFile(file, 'an archive');
      return cache.add('key', ['a:1'], file, scratch);
    },
    never,
  );
};

describe('the cache of archives', () => {
  it('finds what was added', async () => {
    const added = await add();
    expect(await openArchiveCache(cacheDir).find('key')).toEqual(added);
    expect(await openArchiveCache(cacheDir).find('other')).toBeUndefined();
  });

  it.each(['image.json', 'archive.tar'])('heals an entry whose %s is cut short, or gone', async (name) => {
    const added = await add();
    for (const damage of [(file: string) => truncate(file, 5), (file: string) => rm(file)]) {
      await damage(join(cacheDir, 'images/key', name));
      expect(await openArchiveCache(cacheDir).find('key')).toBeUndefined();
      expect(await add()).toEqual(added);
      expect(await openArchiveCache(cacheDir).find('key')).toEqual(added);
    }
  });
});
