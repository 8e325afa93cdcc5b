import type { Answer, Ended } from './answers.js';

/**
 * One process answers many questions, because starting it is what costs: an `ip` several commands, a `stat` and a `grep`
 * several files. Takes such an answer apart into what each question alone would have been answered, so that each fact has a
 * command of its own to replay. A question without an answer in it is left out.
 */
export const unbatch = (answer: Answer): readonly Answer[] => {
  const [tool, ...args] = answer.argv;
  if (tool === 'stat') return perFile(answer, 2, statOf);
  if (tool === 'grep') return perFile(answer, 2, grepOf);
  if (tool === 'ip' && args.includes('-batch')) return perLine(answer);
  return [answer];
};

const perLine = (answer: Answer): readonly Answer[] => {
  // The script asks each line on its own where a batch fails.
  if (answer.kind === 'missing' || answer.exitCode !== 0) return [];
  const commands = answer.stdin.split('\n');
  const printed = answer.stdout.replace(/\n$/, '').split('\n');
  const isWhole = printed.length === commands.length && printed.every((line) => /^\[.*\]$/.test(line));
  return commands.map((command, index) => ({
    ...answer,
    argv: ['ip', '-details', '-json', ...command.split(' ')],
    stdin: '',
    ...(isWhole ? { stdout: `${printed[index] ?? ''}\n` } : { stdout: '', stderr: answer.stdout }),
  }));
};

/** The part of an output that speaks of one file. */
type PartOf = (stdout: readonly string[], file: string) => readonly string[];

const perFile = (answer: Answer, options: number, partOf: PartOf): readonly Answer[] => {
  const command = answer.argv.slice(0, options + 1);
  const files = answer.argv.slice(options + 1);
  if (answer.kind === 'missing')
    return groups(files).map((group) => ({ ...answer, argv: [...command, ...group] }));
  const separator = answer.argv[0] === 'grep' ? '\0' : '\n';
  const records = answer.stdout.split(separator);
  // What stands behind the last separator was cut off.
  if (records.pop() !== '') return [];
  const complaints = answer.stderr.split('\n');
  return groups(files).flatMap((group): readonly Ended[] => {
    const stdout = group.flatMap((file) => partOf(records, file));
    const stderr = complaints.filter((line) => group.some((file) => complainsOf(line, file)));
    if (stdout.length === 0 && stderr.length === 0) return [];
    return [
      {
        ...answer,
        argv: [...command, ...group],
        exitCode: stderr.length === 0 ? 0 : answer.exitCode,
        stdout: stdout.map((record) => record + separator).join(''),
        stderr: stderr.join('\n'),
      },
    ];
  });
};

/** What is asked of one process is one question. */
const groups = (files: readonly string[]): readonly (readonly string[])[] => {
  const all = new Map<string, string[]>();
  for (const file of files) {
    const key = /^\/proc\/[0-9]+\/(stat|cmdline)$/.test(file) ? file.slice(0, file.lastIndexOf('/')) : file;
    all.set(key, [...(all.get(key) ?? []), file]);
  }
  return [...all.values()].map((group) => [...new Set(group)]);
};

const statOf: PartOf = (lines, file) => {
  const line = lines.find(
    (each) => /^[0-9]+ [0-9]+ /.test(each) && each.replace(/^[0-9]+ [0-9]+ /, '') === file,
  );
  return line === undefined ? [] : [line];
};

const grepOf: PartOf = (records, file) => [...records.filter((record) => record.startsWith(`${file}:`))];

// `stat: cannot statx '/proc/1/ns/net': …`, `grep: /proc/1/stat: …`
const complainsOf = (line: string, file: string): boolean =>
  line.includes(`'${file}'`) || line.includes(` ${file}: `);
