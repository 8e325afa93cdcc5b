import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { rewriteGoldens } from './rewrite.js';

// Run by hand: npx jiti harness/reports/golden/main.ts
await rewriteGoldens(fileURLToPath(new URL('.', import.meta.url)), (env.CI ?? '') !== '');
