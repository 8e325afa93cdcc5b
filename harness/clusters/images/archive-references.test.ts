import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArchive } from './archive-references.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netclaims-archive-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A tar file with these members; a name ending in z makes tar compress it. */
const archive = async (
  name: string,
  members: Readonly<Record<string, string>>,
  dot = '',
): Promise<string> => {
  const content = join(folder, `${name}.d`);
  await mkdir(content);
  for (const [member, text] of Object.entries(members)) await writeFile(join(content, member), text);
  const file = join(folder, name);
  const names = dot === '' ? Object.keys(members) : [dot];
  execFileSync('tar', ['-C', content, name.endsWith('z') ? '-czf' : '-cf', file, ...names]);
  return file;
};

const docker = (...tags: (readonly string[] | null)[]) =>
  JSON.stringify(tags.map((RepoTags) => ({ Config: 'c.json', RepoTags, Layers: [] })));
const oci = (...annotations: (Readonly<Record<string, string>> | undefined)[]) =>
  JSON.stringify({ schemaVersion: 2, manifests: annotations.map((each) => ({ annotations: each })) });
const refName = 'org.opencontainers.image.ref.name';

describe('readArchive', () => {
  it('reads the names in a Docker archive, in full', async () => {
    const file = await archive('docker.tar', {
      'manifest.json': docker(['nginx:1.25', 'nginx'], ['quay.io/a/b:c']),
    });
    expect(await readArchive(file)).toEqual({
      references: ['docker.io/library/nginx:1.25', 'docker.io/library/nginx:latest', 'quay.io/a/b:c'],
      path: file,
      digest: `sha256:${createHash('sha256')
        .update(await readFile(file))
        .digest('hex')}`,
    });
  });

  it('reads the names in an OCI archive, the full one before the short', async () => {
    const file = await archive(
      'oci.tar',
      {
        'index.json': oci(
          { 'io.containerd.image.name': 'docker.io/library/a:1', [refName]: '1' },
          { [refName]: 'quay.io/b:2' },
          { [refName]: 'latest' },
          undefined,
        ),
      },
      '.',
    );
    expect((await readArchive(file)).references).toEqual(['docker.io/library/a:1', 'quay.io/b:2']);
  });

  it('prefers the names in Docker format where an archive is both, and falls back to the others', async () => {
    const index = oci({ 'io.containerd.image.name': 'docker.io/library/a:oci' });
    const both = await archive('both.tar', { 'index.json': index, 'manifest.json': docker(['a:docker']) });
    expect((await readArchive(both)).references).toEqual(['docker.io/library/a:docker']);
    const untagged = await archive('untagged.tar', { 'index.json': index, 'manifest.json': docker(null) });
    expect((await readArchive(untagged)).references).toEqual(['docker.io/library/a:oci']);
  });

  it('reads a compressed archive', async () => {
    const file = await archive('docker.tgz', { 'manifest.json': docker(['a:b']) });
    expect((await readArchive(file)).references).toEqual(['docker.io/library/a:b']);
  });

  it('says what is wrong with a file that is no archive of images', async () => {
    const refusal = async (file: string) => {
      const error: unknown = await readArchive(file).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'usage/no-archive' });
      return (error as Error).message.replace(folder, '');
    };
    expect(await refusal(join(folder, 'nothing.tar'))).toBe('/nothing.tar cannot be read');
    await writeFile(join(folder, 'text.tar'), 'no tar at all\n'.repeat(100));
    expect(await refusal(join(folder, 'text.tar'))).toBe('/text.tar is no tar archive');
    expect(await refusal(folder)).toBe(' is no file');
    expect(await refusal(await archive('other.tar', { 'a.txt': 'a' }))).toBe('/other.tar holds no image');
    expect(await refusal(await archive('damaged.tar', { 'manifest.json': '[{' }))).toBe(
      '/damaged.tar is damaged',
    );
  });

  it('refuses an archive whose images have no name', async () => {
    for (const [name, members] of [
      ['no-tags.tar', { 'manifest.json': docker(null, []) }],
      ['bare-tag.tar', { 'index.json': oci({ [refName]: '1.25' }) }],
    ] as const) {
      await expect(readArchive(await archive(name, members))).rejects.toMatchObject({
        code: 'usage/no-image-name',
      });
    }
  });
});
