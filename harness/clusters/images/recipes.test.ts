import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRecipes } from './recipes.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netclaims-recipes-'));
  await mkdir(join(folder, 'web'));
  await writeFile(
    join(folder, 'web', 'image.yaml'),
    'reference: docker.io/test/web:latest\npackages: [a|b]\nconfig: {}\n',
  );
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('readRecipes', () => {
  it('leaves alone a folder that is no recipe, so that the node image neither breaks the others nor makes them anew', async () => {
    const before = await readRecipes(folder);
    await mkdir(join(folder, 'node'));
    await writeFile(join(folder, 'node', 'build'), 'echo');
    expect(await readRecipes(folder)).toEqual(before);
    expect(before.images.map(({ reference }) => reference)).toEqual(['docker.io/test/web:latest']);
  });

  it('gives another key when a recipe changes', async () => {
    const { key } = await readRecipes(folder);
    await writeFile(join(folder, 'web', 'recipe.sh'), 'true');
    expect((await readRecipes(folder)).key).not.toBe(key);
  });
});
