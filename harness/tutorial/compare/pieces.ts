import { isIPv4, isIPv6 } from 'node:net';
import type { Piece, PlaceholderKind } from './placeholders.js';

interface Pattern {
  readonly kind: PlaceholderKind;
  /** Sticky; what stands in front of the value is its first group, where it has two. */
  readonly pattern: RegExp;
  /** Whether it is one at all, where the pattern alone cannot tell. */
  readonly valid?: (value: string) => boolean;
}

const hex = '[0-9a-fA-F]';
const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const day = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';

/** Addresses that are the same on every machine. */
const everywhere = (address: string): boolean =>
  /^(127\.|0\.0\.0\.0$|255\.|::1?$|fe80::$|ff|(00:){5}00$|(ff:){5}ff$)/i.test(address);

/** In the order in which they are tried at each place of a line. */
const patterns: readonly Pattern[] = [
  {
    kind: 'time',
    pattern: /\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z| ?[+-]\d\d:?\d\d| UTC)?/y,
  },
  {
    kind: 'time',
    pattern: new RegExp(
      String.raw`${day},? (?:\d{1,2} ${month}|${month} +\d{1,2}),? (?:\d{4} )?\d\d:\d\d:\d\d(?: \w{3,4})?(?: \d{4})?`,
      'y',
    ),
  },
  { kind: 'mac', pattern: new RegExp(`(?:${hex}{2}:){5}${hex}{2}(?![:0-9a-fA-F])`, 'y') },
  { kind: 'uuid', pattern: new RegExp(`${hex}{8}(?:-${hex}{4}){3}-${hex}{12}`, 'y') },
  {
    kind: 'ip',
    pattern: /\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/y,
    valid: isIPv4,
  },
  { kind: 'time', pattern: /\d{1,2}:\d\d:\d\d(?:\.\d+)?(?![:\w])/y },
  {
    kind: 'ip',
    pattern: /(?:[0-9a-f]{1,4}:|:)(?:[0-9a-f]{0,4}:){1,7}[0-9a-f.]*/iy,
    valid: isIPv6,
  },
  // Inodes of namespaces are given out from here on.
  { kind: 'netns', pattern: /40265[3-9]\d{4}(?!\d)/y },
  { kind: 'link', pattern: /(?:veth|cali|lxc|tap|eni|azv|gke)(?=[0-9a-f]*\d)[0-9a-f]{5,12}(?![\w])/y },
  { kind: 'ifindex', pattern: /(@if)(\d+)/y },
  { kind: 'ifindex', pattern: /((?:peer_ifindex|ifindex)"?[ :=]+)(\d+)/y },
  { kind: 'nsid', pattern: /((?:link-netnsid |nsid |\(id: ))(\d+)/y },
  { kind: 'pid', pattern: /((?:"?\bpid"?[:=] ?"?|\/proc\/))(\d+)/iy },
  { kind: 'suffix', pattern: /(-)([a-f0-9]{6,10}-[a-z0-9]{5})(?![\w-])/y },
  { kind: 'suffix', pattern: /(-)((?=[a-z]*\d)[bcdfghjklmnpqrstvwxz2456789]{5})(?![\w-])/y },
  { kind: 'id', pattern: /(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{12,64}(?!\w)/y },
  { kind: 'duration', pattern: /\d+(?:\.\d+)?(?:\/\d+(?:\.\d+)?)+ ms/y },
  { kind: 'duration', pattern: /(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|sec|s|m|h|d))+(?!\w)/y },
  { kind: 'duration', pattern: /\d+(?:\.\d+)? (?:ns|us|µs|ms|seconds?|s)(?!\w)/y },
  { kind: 'measure', pattern: /((?:packets|bytes)[ :]+)(\d+)/y },
];

/** Cuts a line into what must match and what differs from run to run. `columns` gives the kinds of whole words. */
export const piecesOf = (
  line: string,
  columns: ReadonlyMap<number, PlaceholderKind> = new Map(),
): readonly Piece[] => {
  const pieces: Piece[] = [];
  const add = (kind: Piece['kind'], text: string) => {
    const last = pieces.at(-1);
    if (text === '') return;
    if (kind === 'text' && last?.kind === 'text')
      pieces[pieces.length - 1] = { kind, text: last.text + text };
    else pieces.push({ kind, text });
  };
  const index = /^(\s*)(\d+)(?=: [\w.@-]+[:@])/.exec(line);
  let at = 0;
  if (index !== null) {
    add('text', index[1] ?? '');
    add('ifindex', index[2] ?? '');
    at = index[0].length;
  }
  const words = new Map(
    [...line.matchAll(/\S+/g)].map((match, word) => [match.index, { text: match[0], word }]),
  );
  while (at < line.length) {
    const word = words.get(at);
    const column = word === undefined ? undefined : columns.get(word.word);
    if (word !== undefined && column !== undefined && isOf(column, word.text)) {
      add(column, word.text);
      at += word.text.length;
      continue;
    }
    const found = startsHere(line, at) ? placeholderAt(line, at) : undefined;
    if (found === undefined) {
      add('text', line[at] ?? '');
      at += 1;
    } else {
      add('text', found.before);
      add(found.kind, found.value);
      at += found.before.length + found.value.length;
    }
  }
  return pieces;
};

/** Whether a word can be what its column has: a row may lack it, or be another table's. */
const isOf = (column: PlaceholderKind, word: string): boolean => {
  switch (column) {
    case 'pid':
      return /^\d+$/.test(word);
    case 'node':
      return word !== '<none>';
    default:
      return true;
  }
};

/** In the middle of a word or a number nothing begins, but behind a `-` a random part does. */
const startsHere = (line: string, at: number): boolean => {
  const before = line[at - 1] ?? ' ';
  return !/[\w.]/.test(before) || /[-@(]/.test(line[at] ?? '');
};

const placeholderAt = (line: string, at: number) => {
  for (const { kind, pattern, valid } of patterns) {
    pattern.lastIndex = at;
    const match = pattern.exec(line);
    if (match === null) continue;
    const value = match[2] ?? match[0];
    if (value === '' || valid?.(value) === false) continue;
    return {
      kind: everywhere(value) && (kind === 'ip' || kind === 'mac') ? ('text' as const) : kind,
      before: match[2] === undefined ? '' : (match[1] ?? ''),
      value,
    };
  }
  return undefined;
};
