import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { absent } from '../../domain/absent.js';
import { readArchive } from './archive-references.js';
import { builtInImages, pauseImage } from './builtin.js';
import { fileDigest } from './oci-archive.js';

const never = new AbortController().signal;
let folder: string;
let cacheDir: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netclaims-images-'));
  cacheDir = join(folder, 'cache');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A recipe that needs no packages and counts how often it ran. */
const writeRecipe = async (name: string, script: string): Promise<void> => {
  await mkdir(join(folder, 'recipes', name), { recursive: true });
  await writeFile(
    join(folder, 'recipes', name, 'image.yaml'),
    `reference: docker.io/test/${name}:latest\npackages: []\nconfig: {Cmd: [sh]}\n`,
  );
  await writeFile(
    join(folder, 'recipes', name, 'recipe.sh'),
    `echo ${name} >>${join(folder, 'runs')}\n${script}\n`,
  );
};

const runs = async () =>
  (await readFile(join(folder, 'runs'), 'utf8').catch(() => '')).split('\n').filter(Boolean);

const build = (signal: AbortSignal = never, phases: string[] = []) =>
  builtInImages(
    { cacheDir, progress: (phase) => phases.push(phase), recipes: join(folder, 'recipes') },
    signal,
  );

/** What the cache holds beside its lock, all folders included. */
const cached = async () =>
  ((await readdir(join(cacheDir, 'images'), { recursive: true }).catch(absent)) ?? [])
    .filter((path) => !path.endsWith('.lock'))
    .sort();

describe('builtInImages', () => {
  it('builds what the cache lacks, once, and says so', async () => {
    await writeRecipe('a', 'echo a >"$1/file"');
    await writeRecipe('b', 'echo b >"$1/file"');
    const phases: string[] = [];
    const first = await build(never, phases);
    expect(first.map((archive) => archive.references)).toEqual([
      ['docker.io/test/a:latest'],
      ['docker.io/test/b:latest'],
    ]);
    for (const archive of first) expect(await fileDigest(archive.path)).toBe(archive.digest);
    expect(phases).toEqual(['building the built-in images']);

    const again = await build(never, phases);
    expect(again).toEqual(first);
    expect(phases).toHaveLength(1);
    expect((await runs()).sort()).toEqual(['a', 'b']);
  });

  it('writes files that others may read, whatever the umask', async () => {
    await writeRecipe('a', 'echo a >"$1/file"');
    const [archive] = await build();
    const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
    expect(await mode(archive?.path ?? '')).toBe('644');
    expect(await mode(dirname(archive?.path ?? ''))).toBe('755');
  });

  it('builds again when a recipe or a file beside it has changed', async () => {
    await writeRecipe('a', 'cp "$(dirname "$0")/text" "$1/"');
    await writeFile(join(folder, 'recipes', 'a', 'text'), 'one');
    const [one] = await build();
    await writeFile(join(folder, 'recipes', 'a', 'text'), 'two');
    const [two] = await build();
    expect(two?.path).not.toBe(one?.path);
    expect(two?.digest).not.toBe(one?.digest);
    expect(await fileDigest(one?.path ?? '')).toBe(one?.digest);
  });

  it('builds once when two runs want the same at the same time', async () => {
    await writeRecipe('a', 'sleep 0.3; echo a >"$1/file"');
    const [one, other] = await Promise.all([build(), build()]);
    expect(other).toEqual(one);
    expect(await runs()).toEqual(['a']);
  });

  it('leaves nothing of a build that failed, shows what the recipe said, and succeeds once it is mended', async () => {
    await writeRecipe('a', 'echo a >"$1/file"; echo no such luck >&2; exit 7');
    await expect(build()).rejects.toMatchObject({
      code: 'image/not-built',
      evidence: [expect.stringContaining('ended with 7'), 'no such luck'],
    });
    expect(await cached()).toEqual([]);
    await writeRecipe('a', 'echo a >"$1/file"');
    expect(await build()).toHaveLength(1);
  });

  it('leaves nothing of a build that was aborted, not even a running recipe', async () => {
    await writeRecipe('a', `echo $$ >${join(folder, 'pid')}; sleep 60`);
    const controller = new AbortController();
    const building = build(controller.signal);
    while (!(await readFile(join(folder, 'pid'), 'utf8').catch(() => '')).endsWith('\n'))
      await new Promise((resolve) => setTimeout(resolve, 10));
    controller.abort(new Error('enough'));
    await expect(building).rejects.toThrow('enough');
    expect(await cached()).toEqual([]);
    const recipe = (await readFile(join(folder, 'pid'), 'utf8')).trim();
    const isGone = () =>
      stat(`/proc/${recipe}`).then(
        () => false,
        () => true,
      );
    while (!(await isGone())) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await isGone()).toBe(true);
  });

  it('removes what a killed run left half done', async () => {
    await writeRecipe('a', 'echo a >"$1/file"');
    await mkdir(join(cacheDir, 'images', 'built-in.tmp-dead', 'packages'), { recursive: true });
    await build();
    expect((await cached()).map((path) => path.replace(/^a-[0-9a-f]{16}/, 'KEY'))).toEqual([
      'KEY',
      'KEY/archive.tar',
      'KEY/image.json',
    ]);
  });
});

describe('the recipes of this package', () => {
  it('make images that have their names, their packages and working programs', async () => {
    const images = await builtInImages({ cacheDir, progress: () => undefined }, never);
    expect(images.map((image) => image.references)).toEqual([
      ['docker.io/library/busybox:latest'],
      ['docker.io/library/nginx:latest'],
      [pauseImage],
    ]);
    for (const image of images) expect(await readArchive(image.path)).toEqual(image);

    const nginx = join(folder, 'nginx');
    await unpackLayer(images[1]?.path ?? '', nginx);
    // Run by its own loader, so that a library missing in the image is missing here.
    const loader = (await readdir(join(nginx, 'usr', 'lib'))).find((name) => name.startsWith('ld-linux'));
    const libraries = execFileSync(
      join(nginx, 'usr', 'lib', loader ?? ''),
      [
        '--inhibit-cache',
        '--library-path',
        join(nginx, 'usr', 'lib'),
        '--list',
        join(nginx, 'usr/sbin/nginx'),
      ],
      { encoding: 'utf8' },
    );
    expect(libraries).toContain('libssl.so.3');
    for (const line of libraries.split('\n').filter((text) => text.includes('=>')))
      expect(line).toContain(nginx);
    expect(execFileSync(join(nginx, 'bin', 'busybox'), ['echo', 'runs'], { encoding: 'utf8' })).toBe(
      'runs\n',
    );
    expect(await readFile(join(nginx, 'usr/share/nginx/html/index.html'), 'utf8')).toContain(
      'Welcome to nginx!',
    );
    expect((await stat(images[1]?.path ?? '')).size).toBeLessThan(15_000_000);

    const before = performance.now();
    await builtInImages({ cacheDir, progress: () => expect('a second build').toBe('none') }, never);
    expect(performance.now() - before).toBeLessThan(1_000);
  }, 60_000);
});

const unpackLayer = async (archive: string, into: string): Promise<void> => {
  const layout = join(folder, 'layout');
  await mkdir(layout);
  await mkdir(into);
  execFileSync('tar', ['-xf', archive, '-C', layout]);
  const blobs = join(layout, 'blobs', 'sha256');
  const sizes = await Promise.all(
    (await readdir(blobs)).map(async (name) => ({ name, size: (await stat(join(blobs, name))).size })),
  );
  const layer = sizes.sort((a, b) => b.size - a.size)[0];
  execFileSync('tar', ['-xf', join(blobs, layer?.name ?? ''), '-C', into]);
};
