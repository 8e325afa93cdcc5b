import type { CommandResult } from '../domain/cluster.js';
import { firstOddByte, outputBytes } from '../domain/output-text.js';
import { droppedNote } from '../domain/dropped-output.js';

/** How much probe output a run keeps in all, in characters. */
const budgetOfRun = 64 * 1024 * 1024;

/** How much of each end of an output is kept once the budget is used up. */
const keptWithoutBudget = 32 * 1024;

/** Keeps the output of all probes of a run within one bound. */
export interface OutputBudget {
  /** The result as it is, or with less of its output where the run has kept too much already. */
  take(result: CommandResult): CommandResult;
}

export const outputBudget = (characters = budgetOfRun): OutputBudget => {
  let left = characters;
  return {
    take(result) {
      const size = sizeOf(result.stdout) + sizeOf(result.stderr);
      if (size <= 4 * keptWithoutBudget || size <= left) {
        left -= size;
        return result;
      }
      const stdout = endsOf(result.stdout, result.dropped?.stdout ?? 0);
      const stderr = endsOf(result.stderr, result.dropped?.stderr ?? 0);
      return {
        ...result,
        stdout: stdout.text,
        stderr: stderr.text,
        dropped: { stdout: stdout.dropped, stderr: stderr.dropped },
      };
    },
  };
};

/** A byte that is not UTF-8 takes six characters in a JSON report. */
const sizeOf = (text: string): number => (firstOddByte(text) === undefined ? 1 : 6) * text.length;

const endsOf = (text: string, before: number): { readonly text: string; readonly dropped: number } => {
  if (text.length <= 2 * keptWithoutBudget) return { text, dropped: before };
  const start = wholeCharacter(text, keptWithoutBudget);
  const end = wholeCharacter(text, text.length - keptWithoutBudget);
  const noted = before === 0 ? 0 : Buffer.byteLength(droppedNote(before)) - before;
  const dropped = outputBytes(text.slice(start, end)).length - noted;
  return { text: text.slice(0, start) + droppedNote(dropped) + text.slice(end), dropped };
};

/** The place at or after `at` that is not within a character of two code units. */
const wholeCharacter = (text: string, at: number): number =>
  /[\udc00-\udfff]/.test(text.charAt(at)) ? at + 1 : at;
