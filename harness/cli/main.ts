import process from 'node:process';
import { CommanderError, type Command } from 'commander';
import { machineOf } from '../clusters/machine.js';
import { describeError } from '../domain/error.js';
import { exitCode, exitCodeOfError } from './exit-code.js';
import { onInterruption } from './interruption.js';
import { makeProgram } from './program.js';
import type { Style, Terminal } from './terminal.js';

const styleOf = (stream: NodeJS.WriteStream): Style => {
  // Without a terminal, `isTTY` and `columns` are not there at all.
  const { isTTY, columns } = stream as Partial<NodeJS.WriteStream>;
  const live = isTTY === true && process.env.TERM !== 'dumb';
  return { live, colour: live && (process.env.NO_COLOR ?? '') === '', columns: columns ?? 100 };
};

const terminal: Terminal = {
  result: (text) => void process.stdout.write(text),
  progress: (text) => void process.stderr.write(text),
  resultStyle: styleOf(process.stdout),
  progressStyle: styleOf(process.stderr),
  folder: process.cwd(),
  machine: machineOf(process.env, process.getuid?.() ?? -1),
  signal: onInterruption(),
};

/** Commander ends the process by itself on a bad command line; here it throws, in every command. */
const throwing = (command: Command): Command => {
  command.exitOverride();
  for (const child of command.commands) throwing(child);
  return command;
};

// A reader that stops reading, such as `head`, is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  const program = makeProgram(terminal, (code) => (process.exitCode = code));
  await throwing(program).parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCode.holds : exitCode.usage;
  } else {
    terminal.progress(`${describeError(error)}\n`);
    process.exitCode = exitCodeOfError(error);
  }
}
