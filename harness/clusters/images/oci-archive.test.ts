import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileDigest, packNamedLayout, writeOciArchive, type ImageContent } from './oci-archive.js';

const never = new AbortController().signal;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netclaims-oci-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const makeImage = async (name: string, files: readonly string[]): Promise<ImageContent> => {
  const rootfs = join(folder, name);
  await mkdir(join(rootfs, 'bin'), { recursive: true });
  for (const file of files) await writeFile(join(rootfs, 'bin', file), file);
  await chmod(join(rootfs, 'bin', 'b'), 0o755);
  await symlink('b', join(rootfs, 'bin', 'link'));
  await utimes(join(rootfs, 'bin', 'b'), files.length * 1000, name.length * 1000);
  return {
    reference: 'docker.io/library/x:latest',
    config: { Entrypoint: ['/bin/b'], Cmd: ['c'] },
    labels: { l: '1' },
    rootfs,
  };
};

const write = async (content: ImageContent, file: string): Promise<string> => {
  const scratch = join(folder, `${file}-scratch`);
  await mkdir(scratch);
  await writeOciArchive(content, join(folder, file), scratch, never);
  expect(await readdir(scratch)).toEqual([]);
  return join(folder, file);
};

/** Unpacks an archive and gives a reader of its JSON blobs that checks each digest and size. */
const unpack = async (archive: string) => {
  const layout = join(folder, 'unpacked');
  await mkdir(layout);
  execFileSync('tar', ['-xf', archive, '-C', layout]);
  const blob = (digest: string) => join(layout, 'blobs', 'sha256', digest.replace('sha256:', ''));
  const json = async (path: string) => JSON.parse(await readFile(path, 'utf8')) as unknown;
  return { layout, blob, json };
};

describe('writeOciArchive', () => {
  it('writes the same bytes for the same content, whenever and in whatever order it was made', async () => {
    const one = await write(await makeImage('one', ['a', 'b']), 'one.tar');
    const other = await write(await makeImage('other', ['b', 'a']), 'other.tar');
    expect(await fileDigest(other)).toBe(await fileDigest(one));
    const different = await write(await makeImage('different', ['a', 'b', 'c']), 'different.tar');
    expect(await fileDigest(different)).not.toBe(await fileDigest(one));
  });

  it('orders the files of a layer by name', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `b${(index * 7) % 40}`);
    const { layout } = await unpack(await write(await makeImage('image', ['b', ...names]), 'image.tar'));
    const blobs = join(layout, 'blobs', 'sha256');
    const listings = (await readdir(blobs)).map(
      (blob) => spawnSync('tar', ['-tf', join(blobs, blob)], { encoding: 'utf8' }).stdout,
    );
    const files = listings
      .flatMap((listing) => listing.split('\n'))
      .filter((name) => name.startsWith('./bin/b'));
    expect(files).toHaveLength(41);
    expect(files).toEqual([...files].sort());
  });

  it('writes a layout in which every descriptor has the digest and size of its blob', async () => {
    const { layout, blob, json } = await unpack(
      await write(await makeImage('image', ['a', 'b']), 'image.tar'),
    );
    expect(await json(join(layout, 'oci-layout'))).toEqual({ imageLayoutVersion: '1.0.0' });
    const index = (await json(join(layout, 'index.json'))) as {
      manifests: [{ digest: string; size: number; annotations: Record<string, string> }];
    };
    const [descriptor] = index.manifests;
    expect(descriptor.annotations).toEqual({ 'io.containerd.image.name': 'docker.io/library/x:latest' });
    const manifest = (await json(blob(descriptor.digest))) as {
      config: { digest: string; size: number };
      layers: [{ digest: string; size: number; mediaType: string }];
    };
    for (const { digest, size } of [descriptor, manifest.config, manifest.layers[0]]) {
      expect(await fileDigest(blob(digest))).toBe(digest);
      expect((await readFile(blob(digest))).length).toBe(size);
    }
    expect(await json(blob(manifest.config.digest))).toMatchObject({
      os: 'linux',
      config: { Entrypoint: ['/bin/b'], Cmd: ['c'], Labels: { l: '1' } },
      rootfs: { diff_ids: [manifest.layers[0].digest] },
    });
    const listing = execFileSync('tar', ['--numeric-owner', '-tvf', blob(manifest.layers[0].digest)], {
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin', TZ: 'UTC' },
    });
    expect(listing).toMatch(/^-rwxr-xr-x 0\/0 +1 1970-01-01 00:00 \.\/bin\/b$/m);
    expect(listing).toMatch(/ \.\/bin\/link -> b$/m);
  });
});

describe('packNamedLayout', () => {
  it('names the image of a layout that another tool wrote', async () => {
    const { layout } = await unpack(await write(await makeImage('image', ['b']), 'image.tar'));
    await packNamedLayout(layout, 'quay.io/a/b:v1', join(folder, 'named.tar'), never);
    const index = execFileSync('tar', ['-xOf', join(folder, 'named.tar'), './index.json'], {
      encoding: 'utf8',
    });
    expect(JSON.parse(index)).toMatchObject({
      manifests: [{ annotations: { 'io.containerd.image.name': 'quay.io/a/b:v1' } }],
    });
  });
});
