import process from 'node:process';
import { writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { onInterruption } from '../harness/cli/interruption.js';
import { styleOf } from '../harness/cli/style.js';
import { clusterProviders } from '../harness/clusters/index.js';
import { machineOf } from '../harness/clusters/machine.js';
import { packageFile } from '../harness/clusters/package-file.js';
import { describeError } from '../harness/domain/error.js';
import { loadClaims } from './claims.js';
import { loadFaults } from './fault.js';
import { runFaults, type FaultsRun } from './run-faults.js';
import { faultsTable } from './table.js';
import { mutationScore } from './verdict.js';

interface Flags {
  readonly all: boolean;
  readonly baselineRuns?: number;
  readonly json?: string;
}

const howMany = (text: string): number => {
  if (/^[0-9]{1,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number.');
};

const run = async (names: readonly string[], { all, baselineRuns, json }: Flags): Promise<void> => {
  const faults = await loadFaults(packageFile('faults'), names);
  const scenarios = await loadClaims();
  const options = { all, baselineRuns: baselineRuns ?? (names.length === 0 ? 1 : 0) };
  const place = {
    providers: clusterProviders(machineOf(process.env, process.getuid?.() ?? -1)),
    signal: onInterruption(),
    progress: (text: string) => void process.stderr.write(text),
  };
  const found = await runFaults(faults, scenarios, options, place);
  process.stdout.write(faultsTable(found, styleOf(process.stdout, process.env).columns));
  if (json !== undefined) await writeFile(json, `${JSON.stringify(found, undefined, 2)}\n`);
  process.exitCode = isPerfect(found) ? 0 : 1;
};

const isPerfect = ({ faults, baseline }: FaultsRun): boolean =>
  mutationScore(faults) === 100 && baseline.falseAlarms.length === 0;

const program = new Command('npm run faults --')
  .description(
    'Runs CNI plugins that misbehave in one way each, and sees whether the claims that must be are refuted.',
  )
  .argument('[names...]', 'faults, by the names of their files in faults/ (default: all of them)')
  .option(
    '--all',
    'look at each fault with the whole catalogue, not only with the scenarios that it names',
    false,
  )
  .option(
    '--baseline-runs <count>',
    'runs of the catalogue without a fault (default: 1, and 0 where faults are named)',
    howMany,
  )
  .option('--json <file>', 'write what was found there')
  .action(run);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${describeError(error)}\n`);
  process.exitCode = 2;
}
