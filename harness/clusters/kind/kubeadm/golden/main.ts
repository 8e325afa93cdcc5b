import { writeFile } from 'node:fs/promises';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { goldens } from './goldens.js';

// Run by hand: npx jiti harness/clusters/kind/kubeadm/golden/main.ts
if ((env.CI ?? '') !== '') throw new Error('nobody reads in CI what this writes');
for (const [file, content] of Object.entries(goldens)) {
  await writeFile(fileURLToPath(new URL(file, import.meta.url)), content);
}
