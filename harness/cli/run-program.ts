import { CommanderError } from 'commander';
import { describeError } from '../domain/error.js';
import { known } from '../domain/failure.js';
import { exitCode, exitCodeOfError, type ExitCode } from './exit-code.js';
import { makeProgram } from './program.js';
import type { Terminal } from './terminal.js';

/** Runs one command line, tells what went wrong, and gives the exit code. */
export const runProgram = async (args: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  let code: ExitCode = exitCode.holds;
  try {
    await makeProgram(terminal, (own) => (code = own)).parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    // Commander has told of it already, and ends a --help in this way as well.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.holds : exitCode.usage;
    terminal.progress(`${describeError(known(error))}\n`);
    return exitCodeOfError(error);
  }
};
