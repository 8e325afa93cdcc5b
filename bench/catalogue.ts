import { availableParallelism } from 'node:os';
import process from 'node:process';
import { loadClaims } from '../faults/claims.js';
import { loadFaults } from '../faults/fault.js';
import { runFaults } from '../faults/run-faults.js';
import { mutationScore } from '../faults/verdict.js';
import { clusterProviders } from '../harness/clusters/index.js';
import { machineOf } from '../harness/clusters/machine.js';
import { packageFile } from '../harness/clusters/package-file.js';
import { expressionChecker } from '../harness/judge/expression-checker.js';
import { loadScenarios } from '../harness/scenario/load.js';
import { catalogueTimes } from './whole-catalogue.js';

/** The line with which the section begins, which is the last of docs/performance.md. */
export const catalogueTitle = '## The catalogue';

const seconds = (ms: number) => `${(ms / 1_000).toFixed(0)} s`;

/** The lines of the section on the catalogue: how much there is of it, how long it takes, and what it makes of the faults. */
export const catalogueSection = async (): Promise<readonly string[]> => {
  const { scenarios } = await loadScenarios([packageFile('scenarios')], { checker: expressionChecker });
  const { verifyMs, podsMs, worlds, pods } = await catalogueTimes(scenarios);
  const faults = await loadFaults(packageFile('faults'));
  const found = await runFaults(
    faults,
    await loadClaims(),
    { all: false, baselineRuns: 1 },
    {
      providers: clusterProviders(machineOf(process.env, process.getuid?.() ?? -1)),
      signal: new AbortController().signal,
      progress: (text) => void process.stderr.write(text),
    },
  );
  const count = (all: readonly { readonly length: number }[]) =>
    all.reduce((sum, { length }) => sum + length, 0);
  const alarms = found.baseline.falseAlarms.length;
  return [
    catalogueTitle,
    '',
    `One run of each on ${availableParallelism()} processors.`,
    '',
    '| what | |',
    '|---|---|',
    `| claims | ${scenarios.length} |`,
    `| expectations | ${count(scenarios.map(({ expectations }) => expectations))} |`,
    `| controls | ${count(scenarios.map(({ controls }) => controls))} |`,
    `| faults | ${faults.length} |`,
    `| of them caught, by every claim that they name | ${mutationScore(found.faults)}% |`,
    `| false alarms in a run of all claims without a fault | ${alarms} |`,
    `| the time of \`npm run faults\` | ${seconds(found.durationMs)} |`,
    `| \`netclaims verify scenarios --nodes 2 --parallel 4\`, as a whole process | ${seconds(verifyMs)} |`,
    `| the pods alone of ${worlds} of its worlds (${pods} pods), made and removed by hand | ${seconds(podsMs)} |`,
    '',
  ];
};
