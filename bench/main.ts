import { writeFile } from 'node:fs/promises';
import { availableParallelism, release } from 'node:os';
import process from 'node:process';
import { packageFile } from '../harness/clusters/package-file.js';
import { founding } from '../harness/e2e/founding.js';
import { startCli } from '../harness/e2e/run-cli.js';
import { expressionChecker } from '../harness/judge/expression-checker.js';
import { worldsOf } from '../harness/domain/scenario.js';
import { loadScenarios } from '../harness/scenario/load.js';
import { handWrittenLoop } from './by-hand.js';
import { catalogueSection } from './catalogue.js';
import { median, repeated, timed } from './measure.js';
import { observationTimes } from './observation.js';
import { renderingCost } from './rendering.js';
import { bootCluster } from './test-cluster.js';

const seconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`;
const tell = (line: string) => process.stderr.write(`${line}\n`);

/** Those that the figures have been of from the first. */
const files = founding.map((file) => packageFile(file));
const { scenarios } = await loadScenarios(files, { checker: expressionChecker });
const worlds = scenarios.flatMap(worldsOf);
const pods = worlds.reduce((sum, { manifests }) => sum + manifests.length, 0);

tell('booting nodes');
const boot = median(
  await repeated(5, async () => {
    const cluster = await bootCluster();
    await cluster[Symbol.asyncDispose]();
  }),
);

tell('the scenarios and the loop by hand, in turn');
const verify = async () => {
  const { exitCode } = await startCli('verify', ...files, '--cluster', 'containerd').ended;
  if (exitCode !== 0) throw new Error(`verify ended with ${exitCode ?? 'a signal'}`);
};
await verify();
const pairs: { readonly ours: number; readonly byHand: number }[] = [];
for (let round = 0; round < 3; round += 1) {
  pairs.push({ ours: await timed(verify), byHand: await timed(() => handWrittenLoop(worlds)) });
}

tell('observations of many pods');
const observations = await observationTimes([10, 50, 100, 200]);

tell('rendering');
const rendering = await renderingCost(5);

tell('the catalogue and its faults');
const catalogue = await catalogueSection();

const ours = median(pairs.map((pair) => pair.ours));
const ratio = median(pairs.map((pair) => pair.ours / pair.byHand));
const lines = [
  '# Performance',
  '',
  '<!-- Written by `npm run bench`. -->',
  '',
  `Medians of one run on ${availableParallelism()} processors, Linux ${release()}, Node ${process.versions.node}.`,
  '',
  '| what | median |',
  '|---|---|',
  `| a node, from nothing to answering, and gone again | ${seconds(boot)} |`,
  `| \`netclaims verify scenarios\`, as a whole process (${scenarios.length} scenarios, ${worlds.length} worlds, ${pods} pods) | ${seconds(ours)} |`,
  `| a hand-written loop of the same CRI calls, probes and looks at the node | ${seconds(median(pairs.map(({ byHand }) => byHand)))} |`,
  `| ratio of the two, pair by pair | ${ratio.toFixed(2)} |`,
  ...[...observations].map(([count, ms]) => `| an observation of ${count} pods, one exec | ${seconds(ms)} |`),
  `| a report of 200 pods and 500 expectations in every format, ${rendering.mebibytes.toFixed(0)} MiB at most | ${seconds(rendering.ms)} |`,
  '',
  ...catalogue,
];
await writeFile(packageFile('docs', 'performance.md'), lines.join('\n'));
process.stdout.write(lines.join('\n'));
