import type { Answer, Ended } from './answers.js';
import { namedNetnsArgv } from './named-netns.js';
import { perFile } from './unbatch-files.js';

/**
 * One process answers many questions, because starting it is what costs: an `ip` several commands; a `stat`, a `grep` and an `ls`
 * several files. Takes such an answer apart into what each question alone would have been answered, so that each fact has a
 * command of its own to replay. A question without an answer in it is left out.
 */
export const unbatch = (answer: Answer): readonly Answer[] => {
  const [tool, ...args] = answer.argv;
  if (tool === 'stat' || tool === 'grep' || tool === 'ls') return perFile(answer, tool);
  if (tool === 'ip' && args.includes('-batch')) return perLine(answer);
  return [answer];
};

const perLine = (answer: Answer): readonly Answer[] => {
  // The script asks each line on its own where a batch fails.
  if (answer.kind === 'missing' || answer.exitCode !== 0) return [];
  const options = answer.argv.slice(0, answer.argv.indexOf('-batch'));
  const commands = answer.stdin.split('\n');
  const lines = answer.stdout.replace(/\n$/, '').split('\n');
  const ofNames = lines.filter((line) => line === noNetns);
  const printed = printedLines(
    lines.filter((line) => line !== noNetns),
    commands,
  );
  return commands.map((command, index): Ended => ({
    ...answer,
    argv: command === 'netns list' ? namedNetnsArgv : [...options, ...command.split(' ')],
    stdin: '',
    ...(printed === undefined
      ? { stdout: '', stderr: answer.stdout }
      : {
          stdout: printed[index] ?? '',
          stderr: command === 'netns list' ? ofNames.map((line) => `${line}\n`).join('') : '',
        }),
  }));
};

/** What `netns list` says on standard error of a file that is no namespace yet, or no more; it lists the name without an id. */
const noNetns = 'Error: Peer netns reference is invalid.';

/** What each command printed, or undefined where it is not the one line for each that it has to be. */
const printedLines = (
  lines: readonly string[],
  commands: readonly string[],
): readonly string[] | undefined => {
  // `netns list` prints nothing where there is nothing to list; it comes last.
  const silent = commands.at(-1) === 'netns list' && lines.length === commands.length - 1 ? 1 : 0;
  const isWhole = lines.length + silent === commands.length && lines.every((line) => /^\[.*\]$/.test(line));
  return isWhole ? lines.map((line) => `${line}\n`) : undefined;
};
