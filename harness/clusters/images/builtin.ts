import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { allDone } from '../../domain/all-done.js';
import { openArchiveCache, type ArchiveCache } from './archive-cache.js';
import { fetchPackages, type UnpackedPackages } from './debian-packages.js';
import type { ImageArchive } from './image-archive.js';
import { writeOciArchive } from './oci-archive.js';
import { ownRecipes, readRecipes, type Recipe } from './recipes.js';
import { runTool } from './run-tool.js';

/** The built-in image whose process holds a sandbox's namespaces. */
export const pauseImage = 'netclaims.dev/pause:1';

export interface BuiltInOptions {
  readonly cacheDir: string;
  readonly progress: (phase: string) => void;
  /** A folder of recipes; this package's images/ unless a test says otherwise. */
  readonly recipes?: string;
}

/**
 * The archives of the built-in images, by name; those that the cache lacks are built. An archive is good as long as the recipes are
 * the same, whatever has become of the packages since: which versions it has is in its labels.
 * @throws NetclaimsError `image/no-packages`, `image/not-built`, `image/not-written`, `image/no-lock`
 */
export const builtInImages = async (
  options: BuiltInOptions,
  signal: AbortSignal,
): Promise<readonly ImageArchive[]> => {
  const { images, key } = await readRecipes(options.recipes ?? ownRecipes());
  const cache = openArchiveCache(options.cacheDir);
  const keyOf = (recipe: Recipe) => `${recipe.name}-${key}`;

  const find = () => Promise.all(images.map((recipe) => cache.find(keyOf(recipe))));
  const found = await find();
  if (found.every((archive) => archive !== undefined)) return found;

  options.progress('building the built-in images');
  return cache.exclusively(
    'built-in',
    async (scratch) => {
      // Another run may have built them while this one waited.
      const foundNow = await find();
      const missing = images.filter((_, index) => foundNow[index] === undefined);
      const packages = await fetchPackages(distinctPackages(missing), scratch, signal);
      const built = await allDone(
        missing.map(async (recipe) => {
          const archive = await build(
            recipe,
            key,
            packages,
            { cache, scratch, cacheKey: keyOf(recipe) },
            signal,
          );
          return [recipe, archive] as const;
        }),
      );
      const archives = new Map(built);
      return images.flatMap((recipe, index) => foundNow[index] ?? archives.get(recipe) ?? []);
    },
    signal,
  );
};

const build = async (
  recipe: Recipe,
  key: string,
  packages: UnpackedPackages,
  place: { readonly cache: ArchiveCache; readonly scratch: string; readonly cacheKey: string },
  signal: AbortSignal,
): Promise<ImageArchive> => {
  const work = join(place.scratch, recipe.name);
  const rootfs = join(work, 'rootfs');
  const file = join(work, 'archive.tar');
  await mkdir(rootfs, { recursive: true, mode: 0o755 });
  await runTool(
    ['sh', recipe.script, rootfs, packages.folder],
    {
      code: 'image/not-built',
      what: `the built-in image ${recipe.reference} could not be built`,
      remedy: `run its recipe by hand: sh ${recipe.script} ROOTFS PACKAGES`,
    },
    { timeoutMs: 60_000 },
    signal,
  );
  const versions = recipe.packages.map(([name = '']) => packages.taken.get(name) ?? name);
  const labels = { 'dev.netclaims.packages': versions.join(' '), 'dev.netclaims.recipe': key };
  const content = { reference: recipe.reference, config: recipe.config, labels, rootfs };
  await writeOciArchive(content, file, work, signal);
  return place.cache.add(place.cacheKey, [recipe.reference], file, work);
};

/** Images may share packages; two lists of alternatives for one package count as one when they begin alike. */
const distinctPackages = (recipes: readonly Recipe[]): readonly (readonly string[])[] => [
  ...new Map(
    recipes
      .flatMap((recipe) => recipe.packages)
      .map((alternatives) => [alternatives[0], alternatives] as const),
  ).values(),
];
