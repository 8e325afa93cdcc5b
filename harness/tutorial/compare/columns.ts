import type { PlaceholderKind } from './placeholders.js';

/** The columns of tables whose values differ from run to run, by their headings. */
const kinds: Readonly<Record<string, PlaceholderKind>> = {
  PID: 'pid',
  PPID: 'pid',
  NODE: 'node',
  AGE: 'duration',
  STARTED: 'time',
  START: 'time',
  STIME: 'time',
  TIME: 'time',
  RSS: 'measure',
  VSZ: 'measure',
  C: 'measure',
  '%CPU': 'measure',
  '%MEM': 'measure',
};

/** How the words of a line are read: by the headings above it, or as its command is known to print them. */
export type Columns = ReadonlyMap<number, PlaceholderKind>;

const noColumns: Columns = new Map();

/** The columns of each line of an output. A table goes from its headings to the next empty line. */
export const columnsOf = (lines: readonly string[], command: readonly string[]): readonly Columns[] => {
  let columns = knownColumns(command);
  return lines.map((line) => {
    const words = line.trim().split(/\s+/);
    const heads = words.length > 1 && words.every((word) => /^[A-Z%][A-Z%()_-]*$/.test(word));
    if (heads) {
      columns = columnsFrom(words);
      return noColumns;
    }
    if (line.trim() === '') columns = noColumns;
    return columns;
  });
};

const columnsFrom = (headings: readonly string[]): Columns =>
  new Map(
    headings.flatMap((heading, index) => {
      const kind = kinds[heading];
      return kind === undefined ? [] : [[index, kind] as const];
    }),
  );

/** What a command prints when nothing else is asked of it, for outputs whose headings went with a `grep`. */
const knownColumns = ([name = '', ...options]: readonly string[]): Columns => {
  const chosen = options.some((option) => /^(-o|--output|-J|-l)/.test(option));
  if (chosen) return noColumns;
  switch (name) {
    case 'lsns':
      return columnsFrom(['NS', 'TYPE', 'NPROCS', 'PID']);
    case 'ps':
      if (options.some((option) => /^-?a?ux?a?w*$/.test(option) && option.includes('u')))
        return columnsFrom(['USER', 'PID', '%CPU', '%MEM', 'VSZ', 'RSS', 'TTY', 'STAT', 'START', 'TIME']);
      if (options.some((option) => /^-.*f/.test(option)))
        return columnsFrom(['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME']);
      return columnsFrom(['PID', 'TTY', 'TIME']);
    case 'pgrep':
    case 'pidof':
      return new Map(Array.from({ length: 64 }, (_, index) => [index, 'pid'] as const));
    default:
      return noColumns;
  }
};
