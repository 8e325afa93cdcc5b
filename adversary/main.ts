import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { Command, InvalidArgumentError } from 'commander';
import { packageFile } from '../harness/clusters/package-file.js';
import { describeError } from '../harness/domain/error.js';
import { grounds, loadCases, type Ground } from './case.js';
import { runCases } from './run-cases.js';
import { casesTable } from './table.js';

interface Flags {
  readonly cluster: readonly Ground[];
  readonly parallel: number;
  readonly netclaims: string;
}

const groundsOf = (text: string): readonly Ground[] => {
  const names = text.split(',');
  const found = grounds.filter((ground) => names.includes(ground));
  if (found.length === names.length) return found;
  throw new InvalidArgumentError(`It must be some of ${grounds.join(', ')}.`);
};

const howMany = (text: string): number => {
  if (/^[1-9][0-9]?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a number from 1 to 99.');
};

const run = async (names: readonly string[], { cluster, parallel, netclaims }: Flags): Promise<void> => {
  const all = await loadCases(packageFile('adversary'), names);
  const cases = all.filter(({ needs }) => cluster.includes(needs));
  const cacheDir = await mkdtemp('/tmp/adversary-cache-');
  try {
    const theatre = { netclaims, environment: process.env, cacheDir };
    // Fills the cache, and sweeps what killed runs left before anything is counted.
    if (cases.some(({ needs }) => needs === 'containerd')) {
      const argv = [join(netclaims, 'bin', 'netclaims.js'), 'facts', '--cluster', 'containerd'];
      await promisify(execFile)('node', argv, { env: { ...process.env, NETCLAIMS_CACHE_DIR: cacheDir } });
    }
    const found = await runCases(cases, theatre, parallel, ({ name, complaints, seconds }) => {
      const word = complaints.length === 0 ? 'as required' : 'NOT AS REQUIRED';
      process.stderr.write(`${name}: ${word} (${seconds.toFixed(1)} s)\n`);
    });
    process.stdout.write(casesTable(cases, found));
    process.exitCode = found.results.every(({ complaints }) => complaints.length === 0) ? 0 : 1;
  } finally {
    await rm(cacheDir, { recursive: true });
  }
};

const program = new Command('npm run adversary --')
  .description('Tries to make netclaims lie, hang, leak or crash, and sees whether it does as it must.')
  .argument('[names...]', 'cases, by the names of their folders in adversary/ (default: all of them)')
  .option(
    '--cluster <kinds>',
    `only the cases that need one of these: ${grounds.join(',')}`,
    groundsOf,
    grounds,
  )
  .option('--parallel <count>', 'how many cases run beside each other', howMany, 4)
  .option('--netclaims <folder>', 'attack the build in this folder', (text) => resolve(text), packageFile())
  .action(run);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${describeError(error)}\n`);
  process.exitCode = 2;
}
