import { CommanderError } from 'commander';
import { describeError, NetclaimsError } from '../domain/error.js';
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
    terminal.progress(`${describeError(asFault(error))}\n`);
    return exitCodeOfError(error);
  }
};

/** What nobody foresaw is a fault of netclaims' own, and of use only with its place. What the system refused (ENOENT, …) says enough. */
const asFault = (error: unknown): unknown => {
  if (error instanceof NetclaimsError || !(error instanceof Error) || 'code' in error) return error;
  return new NetclaimsError({
    code: 'internal/fault',
    what: error.message,
    evidence: (error.stack ?? '')
      .split('\n')
      .slice(1, 9)
      .map((line) => line.trim()),
    remedy: 'this is a fault of netclaims itself: please report it, with these lines',
    cause: error,
  });
};
