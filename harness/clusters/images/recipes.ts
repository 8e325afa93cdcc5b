import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { arch } from 'node:os';
import { join, relative } from 'node:path';
import { load } from 'js-yaml';
import { packageFile } from '../package-file.js';
import type { ImageConfig } from './oci-archive.js';

/** One image's folder in images/, as its README describes it. */
export interface Recipe {
  readonly name: string;
  readonly reference: string;
  /** Each with its alternatives: the first that the distribution has is used. */
  readonly packages: readonly (readonly string[])[];
  readonly config: ImageConfig;
  /** The path of recipe.sh. */
  readonly script: string;
}

export interface Recipes {
  /** By name. */
  readonly images: readonly Recipe[];
  /** Changes when anything in any of the folders does, for recipes may use each other, and with the architecture. */
  readonly key: string;
}

/** To be raised when archives written by an older version of this code must not be used any more. */
const archiveVersion = 1;

/** images/ of this package. */
export const ownRecipes = (): string => packageFile('images');

/** Reads all recipes of a folder. */
export const readRecipes = async (folder: string): Promise<Recipes> => {
  const names = await recipeNames(folder);
  const [images, files] = await Promise.all([
    Promise.all(names.map((name) => readRecipe(folder, name))),
    Promise.all(names.map((name) => filesBelow(join(folder, name)))),
  ]);
  const hash = createHash('sha256').update(`${archiveVersion} ${arch()}`);
  for (const { path, content } of files.flat()) {
    hash.update(`\n${relative(folder, path)} ${content.length}\n`).update(content);
  }
  return { images, key: hash.digest('hex').slice(0, 16) };
};

/** A folder without image.yaml, such as the node image's, is made by other means. */
const recipeNames = async (folder: string): Promise<readonly string[]> => {
  const folders = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const contents = await Promise.all(folders.map(({ name }) => readdir(join(folder, name))));
  return folders
    .map(({ name }) => name)
    .filter((_, index) => contents[index]?.includes('image.yaml'))
    .sort();
};

const readRecipe = async (folder: string, name: string): Promise<Recipe> => {
  const file = join(folder, name, 'image.yaml');
  const content = load(await readFile(file, 'utf8'), { filename: file });
  if (!isImageFile(content)) {
    throw new TypeError(`${file} must have a reference, a list of packages, and a config`);
  }
  return {
    name,
    reference: content.reference,
    packages: content.packages.map((alternatives) => alternatives.split('|')),
    config: content.config,
    script: join(folder, name, 'recipe.sh'),
  };
};

interface ImageFile {
  readonly reference: string;
  readonly packages: readonly string[];
  readonly config: ImageConfig;
}

const isImageFile = (content: unknown): content is ImageFile => {
  if (typeof content !== 'object' || content === null) return false;
  const { reference, packages, config } = content as Partial<Record<keyof ImageFile, unknown>>;
  return (
    typeof reference === 'string' &&
    Array.isArray(packages) &&
    packages.every((item) => typeof item === 'string') &&
    typeof config === 'object' &&
    config !== null
  );
};

const filesBelow = async (folder: string) => {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(paths.sort().map(async (path) => ({ path, content: await readFile(path) })));
};
