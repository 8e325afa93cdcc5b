#!/usr/bin/env node
// What cannot even be loaded is no verdict: Node by itself would end with 1, which means "refuted".
import('../dist/command/main.js').catch((error) => {
  process.exitCode = 2;
  process.stderr.write(`${error?.stack ?? error}\n→ run \`npm run build\`, or install the package again\n`);
});
