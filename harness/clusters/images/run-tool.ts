import type { CommandResult } from '../../domain/cluster.js';
import type { ImageCode } from '../../domain/failure-codes.js';
import { NetclaimsError } from '../../domain/error.js';
import { runCommand, type CommandOptions } from '../command.js';

/** What an error says when a tool of this machine fails. */
export interface ToolPurpose {
  readonly code: ImageCode;
  readonly what: string;
  readonly remedy: string;
}

/**
 * Runs a tool of this machine and gives its standard output.
 * @throws NetclaimsError with the purpose's code and the tool's own words, when it is missing, fails or takes too long
 */
export const runTool = async (
  argv: readonly string[],
  purpose: ToolPurpose,
  options: CommandOptions,
  signal: AbortSignal,
): Promise<string> => {
  const result = await answerOf(argv, purpose, options, signal);
  if (result.exitCode === 0) return result.stdout;
  throw new NetclaimsError({
    ...purpose,
    evidence: [`\`${argv.join(' ')}\` ended with ${result.exitCode}`, ...lastLines(result.stderr)],
  });
};

const answerOf = async (
  argv: readonly string[],
  purpose: ToolPurpose,
  options: CommandOptions,
  signal: AbortSignal,
): Promise<CommandResult> => {
  try {
    return await runCommand(argv, options, signal);
  } catch (cause) {
    if (!(cause instanceof NetclaimsError) || signal.aborted) throw cause;
    throw new NetclaimsError({ ...purpose, evidence: [cause.message, ...cause.evidence], cause });
  }
};

const lastLines = (text: string): readonly string[] => text.trim().split('\n').slice(-5).filter(Boolean);
