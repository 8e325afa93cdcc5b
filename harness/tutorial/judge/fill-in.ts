import { piecesOf } from '../compare/pieces.js';
import { isBound, type BoundKind, type PlaceholderKind } from '../compare/placeholders.js';
import { fillPlaceholders, placeholdersIn } from '../shell/placeholders.js';
import { valuesIn, type Known } from './known.js';

/** A value that was put into a command, and where it is from. */
export interface FilledIn {
  readonly name: string;
  readonly value: string;
  readonly from: string;
}

export interface FilledCommand {
  readonly source: string;
  readonly values: readonly FilledIn[];
  /** Placeholders that nothing above gives. */
  readonly missing: readonly string[];
}

/** Names that the cluster gives, not an output: the pod last made, the node, the namespace. */
export type GivenNames = ReadonlyMap<'pod' | 'node' | 'namespace' | 'container', string>;

const kindOf = (name: string): PlaceholderKind | undefined => {
  const word = name.toLowerCase();
  if (/pid|process/.test(word)) return 'pid';
  if (word.includes('mac')) return 'mac';
  if (/ip|addr/.test(word)) return 'ip';
  if (/veth|interface|iface|link|dev/.test(word)) return 'link';
  if (/ifindex|index/.test(word)) return 'ifindex';
  if (/inode|netns|namespace.?id|^ns$/.test(word)) return 'netns';
  if (/uuid|uid/.test(word)) return 'uuid';
  return /id$|container|sandbox|hash/.test(word) ? 'id' : undefined;
};

const givenName = (name: string, given: GivenNames): string | undefined => {
  const word = name.toLowerCase();
  if (/pid|ip|addr|(^|\W)id|mac|veth/.test(word)) return undefined;
  const key = (['namespace', 'node', 'container', 'pod'] as const).find((one) => word.includes(one));
  return key === undefined ? undefined : given.get(key);
};

/**
 * Puts into a command what a reader would: for `<pid>` a process id that the last output with one has, and for an address of the document the one
 * that stands for it on this machine. `sudo` is left out where commands are root's already.
 */
export const fillIn = (source: string, known: Known, given: GivenNames, asRoot: boolean): FilledCommand => {
  const values: FilledIn[] = [];
  const missing: string[] = [];
  const found = new Map<string, string>();
  for (const name of placeholdersIn(source)) {
    const value = valueFor(name, known, given);
    if (value === undefined) missing.push(`<${name}>`);
    else {
      values.push({ ...value, name: `<${name}>` });
      found.set(name, value.value);
    }
  }
  const bound = translated(fillPlaceholders(source, found), known, values);
  return { source: asRoot ? withoutSudo(bound) : bound, values, missing };
};

const valueFor = (
  name: string,
  { printed }: Known,
  given: GivenNames,
): Omit<FilledIn, 'name'> | undefined => {
  const own = givenName(name, given);
  if (own !== undefined) return { value: own, from: 'the cluster' };
  const kind = kindOf(name);
  if (kind === undefined) return undefined;
  for (const output of printed.toReversed()) {
    const all = valuesIn(output, kind);
    const [value] = all;
    if (value !== undefined)
      return {
        value,
        from: `the output of line ${output.line}${all.length === 1 ? '' : `, the first of ${all.length}`}`,
      };
  }
  return undefined;
};

/** The command with the document's addresses, links, … replaced by those that they were seen to stand for. */
const translated = (source: string, { bindings }: Known, values: FilledIn[]): string => {
  const replace = (kind: BoundKind, documented: string): string => {
    const actual = bindings.actualOf(kind, documented) ?? documented;
    if (actual !== documented && !values.some(({ name }) => name === documented))
      values.push({ name: documented, value: actual, from: 'the outputs above' });
    return actual;
  };
  return source
    .split('\n')
    .map((line) =>
      piecesOf(line)
        .map(({ kind, text }) => (isBound(kind) ? replace(kind, text) : text))
        .join(''),
    )
    .join('\n')
    .replace(
      /((?:^|\s)(?:-p|-t|--target|--pid|kill(?: -\w+)?)[ =])(\d+)\b/g,
      (_, before: string, pid: string) => before + replace('pid', pid),
    );
};

const withoutSudo = (source: string): string => source.replace(/(^|[|;&(]\s*|\n\s*)sudo\s+(?!-)/g, '$1');
