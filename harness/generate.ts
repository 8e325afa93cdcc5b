import { writeFile } from 'node:fs/promises';
import { packageFile } from './clusters/package-file.js';
import { factsDocument } from './facts/facts-document.js';
import { reportSchema } from './reports/report-schema.js';
import { scenarioSchemaText } from './scenario/schema.js';

// Writes the committed files that are made from the code; tests compare them.
await Promise.all([
  writeFile(packageFile('schema', 'scenario.schema.json'), scenarioSchemaText()),
  writeFile(packageFile('schema', 'report.schema.json'), `${JSON.stringify(reportSchema, undefined, 2)}\n`),
  writeFile(packageFile('docs', 'facts.md'), factsDocument()),
]);
