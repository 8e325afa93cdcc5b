import type { CommandResult } from '../domain/cluster.js';
import { outputBytes, outputText } from '../domain/output-text.js';
import { droppedNote } from '../domain/dropped-output.js';

/** How much probe output a run keeps in all, in bytes of a JSON report. */
const budgetOfRun = 48 * 1024 * 1024;

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

/** What a text takes in a JSON report, where some characters are written out, and in memory, where one wide character makes all wide. */
const sizeOf = (text: string): number => {
  let size = 0;
  let wide = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 0xff) wide = true;
    const isOddByte = code >= 0xdc80 && code <= 0xdcff;
    size +=
      isOddByte || (code < 0x20 && code !== 10 && code !== 9 && code !== 13)
        ? 6
        : code < 0x20 || code === 34 || code === 92
          ? 2
          : 1;
  }
  return wide ? 2 * size : size;
};

const endsOf = (text: string, before: number): { readonly text: string; readonly dropped: number } => {
  if (text.length <= 2 * keptWithoutBudget) return { text, dropped: before };
  const start = wholeCharacter(text, keptWithoutBudget);
  const end = wholeCharacter(text, text.length - keptWithoutBudget);
  const noted = before === 0 ? 0 : Buffer.byteLength(droppedNote(before)) - before;
  const dropped = outputBytes(text.slice(start, end)).length - noted;
  return { text: copyOf(text.slice(0, start)) + droppedNote(dropped) + copyOf(text.slice(end)), dropped };
};

/** The same text in memory of its own: a slice would hold the whole output that it is cut from. */
const copyOf = (text: string): string => outputText(outputBytes(text));

/** The place at or after `at` that is not within a character of two code units. */
const wholeCharacter = (text: string, at: number): number =>
  /[\udc00-\udfff]/.test(text.charAt(at)) ? at + 1 : at;
