import { writeFile } from 'node:fs/promises';
import { packageFile } from './clusters/package-file.js';
import { typeTableText } from './clusters/kubernetes/type-table.js';
import { factsDocument } from './facts/facts-document.js';
import { expressionChecker } from './judge/expression-checker.js';
import { errorsDocument } from './reports/errors-document.js';
import { reportSchema } from './reports/report-schema.js';
import { claimsDocument } from './scenario/claims-document.js';
import { loadScenarios } from './scenario/load.js';
import { scenarioSchemaText } from './scenario/schema.js';

const inFolder = async (name: string) =>
  (await loadScenarios([packageFile(name)], { checker: expressionChecker })).scenarios;
const catalogue = { scenarios: await inFolder('scenarios'), soak: await inFolder('soak') };

// Writes the committed files that are made from the code; tests compare them.
await Promise.all([
  writeFile(packageFile('schema', 'scenario.schema.json'), scenarioSchemaText()),
  writeFile(packageFile('schema', 'report.schema.json'), `${JSON.stringify(reportSchema, undefined, 2)}\n`),
  writeFile(packageFile('harness', 'scenario', 'kubernetes-types.ts'), typeTableText()),
  writeFile(packageFile('docs', 'errors.md'), errorsDocument()),
  writeFile(packageFile('docs', 'facts.md'), factsDocument()),
  writeFile(packageFile('docs', 'claims.md'), claimsDocument(catalogue, packageFile('docs'))),
]);
