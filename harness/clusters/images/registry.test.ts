import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArchive } from './archive-references.js';
import { pullImage } from './registry.js';

const never = new AbortController().signal;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netclaims-registry-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A stand-in for skopeo that notes its arguments and answers with `manifest`, or fails as the real one does. */
const fakeSkopeo = async (answers: { readonly manifest: string } | { readonly error: string }) => {
  const inspect = 'error' in answers ? `echo '${answers.error}' >&2; exit 1` : `echo '${answers.manifest}'`;
  const script = `#!/bin/sh
echo "$@" >>${folder}/calls
case $1 in
inspect) ${inspect} ;;
copy)
  layout=\${4#oci:}
  mkdir -p "$layout"
  echo '{"schemaVersion":2,"manifests":[{"digest":"sha256:0","size":1}]}' >"$layout/index.json" ;;
esac
`;
  await writeFile(join(folder, 'skopeo'), script);
  await chmod(join(folder, 'skopeo'), 0o755);
};

const calls = async () => (await readFile(join(folder, 'calls'), 'utf8')).split('\n').filter(Boolean);
const pull = (reference: string) =>
  pullImage(reference, { cacheDir: join(folder, 'cache'), skopeo: join(folder, 'skopeo') }, never);

describe('pullImage', () => {
  it('gives an archive that names the image in full', async () => {
    await fakeSkopeo({ manifest: '{}' });
    const archive = await pull('quay.io/a/b:v1');
    expect(archive.references).toEqual(['quay.io/a/b:v1']);
    expect(await readArchive(archive.path)).toEqual(archive);
    expect((await calls()).map((call) => call.replace(/oci:.*/, 'oci:LAYOUT'))).toEqual([
      '--version',
      'inspect --raw docker://quay.io/a/b:v1',
      'copy --quiet docker://quay.io/a/b:v1 oci:LAYOUT',
    ]);
  });

  it('pulls a tag once', async () => {
    await fakeSkopeo({ manifest: '{}' });
    const first = await pull('quay.io/a/b:v1');
    const asked = (await calls()).length;
    expect(await pull('quay.io/a/b:v1')).toEqual(first);
    expect(await calls()).toHaveLength(asked);
  });

  it('looks `latest` up each time and pulls it when it has changed', async () => {
    const copies = async () => (await calls()).filter((call) => call.startsWith('copy')).length;
    await fakeSkopeo({ manifest: '{"one":1}' });
    const first = await pull('alpine');
    expect(await pull('alpine')).toEqual(first);
    expect(await copies()).toBe(1);
    await fakeSkopeo({ manifest: '{"two":2}' });
    expect((await pull('alpine')).path).not.toBe(first.path);
    expect(await copies()).toBe(2);
  });

  it('shows what skopeo said when the registry did not give it, and leaves nothing', async () => {
    await fakeSkopeo({ error: 'dial tcp: lookup quay.io: no such host' });
    await expect(pull('quay.io/a/b:v1')).rejects.toMatchObject({
      code: 'image/not-pulled',
      message: 'quay.io/a/b:v1 could not be fetched from its registry',
      evidence: [expect.stringContaining('inspect --raw'), 'dial tcp: lookup quay.io: no such host'],
      remedy: expect.stringContaining('--load FILE.tar'),
    });
    expect(await readdir(folder)).not.toContain('cache');
  });

  it('says what there is instead where skopeo is not installed', async () => {
    await expect(pull('alpine')).rejects.toMatchObject({
      code: 'image/no-client',
      message: expect.stringContaining('docker.io/library/alpine:latest is not built in'),
      remedy: expect.stringMatching(
        /--load FILE\.tar.*apt-get install skopeo.*docker\.io\/library\/nginx:latest/,
      ),
    });
  });
});
