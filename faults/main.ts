import { writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { asProcess } from '../harness/cli/as-process.js';
import { exitCode, type ExitCode } from '../harness/cli/exit-code.js';
import type { Terminal } from '../harness/cli/terminal.js';
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

const run = async (
  names: readonly string[],
  { all, baselineRuns, json }: Flags,
  terminal: Terminal,
): Promise<ExitCode> => {
  const faults = await loadFaults(packageFile('faults'), names);
  const scenarios = await loadClaims();
  const options = { all, baselineRuns: baselineRuns ?? (names.length === 0 ? 1 : 0) };
  const found = await runFaults(faults, scenarios, options, terminal);
  terminal.result(faultsTable(found, terminal.resultStyle.columns));
  if (json !== undefined) await writeFile(json, `${JSON.stringify(found, undefined, 2)}\n`);
  return isPerfect(found) ? exitCode.holds : exitCode.refuted;
};

const isPerfect = ({ faults, baseline }: FaultsRun): boolean =>
  mutationScore(faults) === 100 && baseline.falseAlarms.length === 0;

const parse = async (terminal: Terminal): Promise<ExitCode> => {
  let code: ExitCode = exitCode.holds;
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
    .action(async (names: readonly string[], flags: Flags) => {
      code = await run(names, flags, terminal);
    });
  try {
    await program.parseAsync();
    return code;
  } catch (error) {
    terminal.progress(`${describeError(error)}\n`);
    return exitCode.unknown;
  }
};

void asProcess(parse);
