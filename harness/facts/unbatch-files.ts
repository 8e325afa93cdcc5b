import type { Answer, Ended } from './answers.js';

type FileTool = 'stat' | 'grep' | 'ls';

/** How many arguments stand between each tool and its files. */
const options: Readonly<Record<FileTool, number>> = { stat: 2, grep: 2, ls: 1 };

/** Takes an answer about several files apart, into one for each file or, of a process, for its files together. */
export const perFile = (answer: Answer, tool: FileTool): readonly Answer[] => {
  const command = answer.argv.slice(0, options[tool] + 1);
  const all = groups(answer.argv.slice(options[tool] + 1));
  if (answer.kind === 'missing') return all.map((files) => ({ ...answer, argv: [...command, ...files] }));
  if (tool === 'ls' && answer.argv.length === 3) return [answer];
  const printed = printedOf[tool](answer.stdout, new Set(all.flat()));
  const complaints = answer.stderr === '' ? [] : answer.stderr.split('\n');
  // A tool that ended otherwise than by a complaint was ended, and what it printed may be a part.
  const wasEnded = answer.exitCode > 125 || (answer.exitCode !== 0 && complaints.length === 0);
  return all.flatMap((files): readonly Ended[] => {
    const stdout = files.flatMap((file) => printed.get(file) ?? []);
    const stderr = complaints.filter((line) => files.some((file) => complainsOf(line, file)));
    if (stdout.length === 0 && stderr.length === 0) return [];
    return [
      {
        ...answer,
        argv: [...command, ...files],
        exitCode: stderr.length === 0 && !wasEnded ? 0 : answer.exitCode,
        stdout: stdout.join(''),
        stderr: stderr.join('\n'),
      },
    ];
  });
};

/** What is asked of one process is one question. */
const groups = (files: readonly string[]): readonly (readonly string[])[] => {
  const all = new Map<string, Set<string>>();
  for (const file of files) {
    const key = /^\/proc\/[0-9]+\/(stat|cmdline)$/.test(file) ? file.slice(0, file.lastIndexOf('/')) : file;
    all.set(key, (all.get(key) ?? new Set()).add(file));
  }
  return [...all.values()].map((group) => [...group]);
};

/** What a tool printed of each file; nothing at all where its last record was cut off. */
type Printed = (stdout: string, files: ReadonlySet<string>) => ReadonlyMap<string, string>;

const ofRecords =
  (separator: string, fileOf: (record: string) => string): Printed =>
  (stdout) => {
    const records = stdout.split(separator);
    const all = new Map<string, string>();
    if (records.pop() !== '') return all;
    for (const record of records) {
      const file = fileOf(record);
      all.set(file, `${all.get(file) ?? ''}${record}${separator}`);
    }
    return all;
  };

/** `PATH:` before each folder's names and an empty line behind them. No name has a slash. */
const ofFolders: Printed = (stdout, files) => {
  const all = new Map<string, string>();
  if (!/(^|\n)$/.test(stdout)) return all;
  let folder = '';
  for (const line of stdout.split('\n').slice(0, -1)) {
    if (line.endsWith(':') && files.has(line.slice(0, -1))) {
      if (folder !== '') all.set(folder, (all.get(folder) ?? '').replace(/\n$/, ''));
      folder = line.slice(0, -1);
      all.set(folder, '');
    } else {
      all.set(folder, `${all.get(folder) ?? ''}${line}\n`);
    }
  }
  return all;
};

const printedOf: Readonly<Record<FileTool, Printed>> = {
  stat: ofRecords('\n', (line) => line.replace(/^[0-9]+ [0-9]+ /, '')),
  grep: ofRecords('\0', (record) => record.slice(0, record.indexOf(':'))),
  ls: ofFolders,
};

/** `stat: cannot statx '/proc/1/ns/net': …`, `grep: /proc/1/stat: …` */
const complainsOf = (line: string, file: string): boolean =>
  line.includes(`'${file}'`) || line.includes(` ${file}: `);
