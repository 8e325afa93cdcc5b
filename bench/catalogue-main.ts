import { readFile, writeFile } from 'node:fs/promises';
import { packageFile } from '../harness/clusters/package-file.js';
import { catalogueSection, catalogueTitle } from './catalogue.js';

// Only the section on the catalogue, below what bench/main.ts wrote.
const file = packageFile('docs', 'performance.md');
const [measured = ''] = (await readFile(file, 'utf8')).split(`\n${catalogueTitle}\n`);
await writeFile(file, [measured.trimEnd(), '', ...(await catalogueSection())].join('\n'));
