import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { packageFile } from '../package-file.js';
import { typeTableText } from './type-table.js';

it('is what harness/scenario/kubernetes-types.ts holds (npm run generate rewrites it)', async () => {
  const committed = await readFile(packageFile('harness', 'scenario', 'kubernetes-types.ts'), 'utf8');
  expect(committed).toBe(typeTableText());
});
