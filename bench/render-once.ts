import process from 'node:process';
import { reportFormats } from '../harness/reports/index.js';
import { manyPods } from './many-pods.js';

// A process of its own: what it takes at most is then that of rendering alone.
const report = manyPods(200, 500);
const began = performance.now();
let characters = 0;
for (const render of Object.values(reportFormats)) characters += (await render(report)).length;
const ms = performance.now() - began;
process.stdout.write(JSON.stringify({ ms, characters, mebibytes: process.resourceUsage().maxRSS / 1024 }));
