import { describe, expect, it } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failureCodes } from '../domain/failure-codes.js';
import { errorsDocument } from './errors-document.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The sources that raise failures: all but the table itself, tests and what only tests use. */
const sources = async (): Promise<readonly string[]> => {
  const folders = ['harness', 'faults', 'adversary'];
  const found = await Promise.all(folders.map((name) => readdir(join(root, name), { recursive: true })));
  const files = found.flatMap((names, index) => names.map((name) => join(folders[index] ?? '', name)));
  const raising = files.filter(
    (file) =>
      file.endsWith('.ts') && !/\.test\.ts$|[\\/]testing[\\/]|domain[\\/]failure-codes[\\/.]/.test(file),
  );
  return Promise.all(raising.map((file) => readFile(join(root, file), 'utf8')));
};

describe('docs/errors.md', () => {
  it('is what the table of codes gives (npm run generate rewrites it)', async () => {
    expect(await readFile(join(root, 'docs', 'errors.md'), 'utf8')).toBe(errorsDocument());
  });

  it('has only codes that are raised somewhere', async () => {
    const text = (await sources()).join('\n');
    expect(Object.keys(failureCodes).filter((code) => !text.includes(`'${code}'`))).toEqual([]);
  });

  it('gives each code a sentence and an imperative', () => {
    for (const { meaning, remedy } of Object.values(failureCodes)) {
      expect(meaning).toMatch(/^[`A-Zkcn-][^\n]*\.$/);
      expect(remedy).toMatch(/^[`a-z][^\n]*[^.]$/);
    }
  });
});
