import { writeFile } from 'node:fs/promises';
import { packageFile } from '../harness/clusters/package-file.js';
import { loadClaims } from './claims.js';
import { loadFaults } from './fault.js';
import { faultsDocument } from './faults-document.js';

const scenarios = await loadClaims();
const faults = await loadFaults(packageFile('faults'));
await writeFile(packageFile('docs', 'faults.md'), faultsDocument(faults, scenarios, packageFile('docs')));
