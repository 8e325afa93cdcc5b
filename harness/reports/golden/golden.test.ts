import { describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { goldens } from './goldens.js';
import { rewriteGoldens } from './rewrite.js';

const folder = fileURLToPath(new URL('.', import.meta.url));
const goldenFiles = async (of: string) =>
  (await readdir(of)).filter((name) => name.endsWith('.golden')).sort();

describe('the golden reports', () => {
  it.each(Object.entries(goldens))(
    'have %s as it is committed (npx jiti harness/reports/golden/main.ts rewrites it)',
    async (name, text) => {
      expect(text).toBe(await readFile(join(folder, name), 'utf8'));
    },
  );

  it('have no file that nothing renders', async () => {
    expect(await goldenFiles(folder)).toEqual(Object.keys(goldens).sort());
  });
});

describe('rewriteGoldens', () => {
  it('writes what the tests compare, removes what they do not, and refuses to in CI', async () => {
    const other = await mkdtemp(join(tmpdir(), 'netclaims-golden-'));
    try {
      await writeFile(join(other, 'stale.golden'), '');
      await expect(rewriteGoldens(other, true)).rejects.toMatchObject({ code: 'usage/golden-in-ci' });
      expect(await goldenFiles(other)).toEqual(['stale.golden']);
      await rewriteGoldens(other, false);
      expect(await goldenFiles(other)).toEqual(Object.keys(goldens).sort());
      expect(await readFile(join(other, 'json.golden'), 'utf8')).toBe(goldens['json.golden']);
    } finally {
      await rm(other, { recursive: true });
    }
  });
});
