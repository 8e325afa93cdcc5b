import process from 'node:process';
import { clusterProviders } from '../clusters/index.js';
import { machineOf } from '../clusters/machine.js';
import { onInterruption } from './interruption.js';
import { runProgram } from './run-program.js';
import { styleOf } from './style.js';
import { workshopOf } from './workshop.js';

// A reader that stops reading, such as `head`, is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const machine = machineOf(process.env, process.getuid?.() ?? -1);

process.exitCode = await runProgram(process.argv.slice(2), {
  result: (text) => void process.stdout.write(text),
  progress: (text) => void process.stderr.write(text),
  resultStyle: styleOf(process.stdout, process.env),
  progressStyle: styleOf(process.stderr, process.env),
  folder: process.cwd(),
  providers: clusterProviders(machine),
  workshop: workshopOf(machine),
  signal: onInterruption(),
});
