import { writeFile } from 'node:fs/promises';
import { packageFile } from '../harness/clusters/package-file.js';
import { expressionChecker } from '../harness/judge/expression-checker.js';
import { loadScenarios } from '../harness/scenario/load.js';
import { loadFaults } from './fault.js';
import { faultsDocument } from './faults-document.js';

const { scenarios } = await loadScenarios([packageFile('scenarios')], { checker: expressionChecker });
const faults = await loadFaults(packageFile('faults'));
await writeFile(packageFile('docs', 'faults.md'), faultsDocument(faults, scenarios, packageFile('docs')));
