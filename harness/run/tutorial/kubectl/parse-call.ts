/** A call of kubectl as it was written. */
export interface KubectlCall {
  readonly verb: string;
  readonly operands: readonly string[];
  readonly flags: ReadonlyMap<string, string>;
  /** What stands behind `--`. */
  readonly command: readonly string[];
}

/** By their long names; those that take no value. */
const switches = new Set([
  'stdin',
  'tty',
  'quiet',
  'rm',
  'command',
  'now',
  'force',
  'all',
  'no-headers',
  'wait',
  'server-side',
]);
const valued = new Set([
  ...[
    'namespace',
    'container',
    'filename',
    'output',
    'image',
    'selector',
    'labels',
    'restart',
    'for',
    'timeout',
  ],
  ...['grace-period', 'env', 'port', 'image-pull-policy'],
]);
const short: Readonly<Record<string, string>> = {
  n: 'namespace',
  c: 'container',
  f: 'filename',
  o: 'output',
  l: 'selector',
  i: 'stdin',
  t: 'tty',
  q: 'quiet',
};

/** Reads the words behind `kubectl`; a flag that is not known here is named, for nothing may be left out of a call. Pure. */
export const parseCall = (words: readonly string[]): KubectlCall | { readonly unknown: string } => {
  const end = words.indexOf('--');
  const own = end === -1 ? words : words.slice(0, end);
  const operands: string[] = [];
  const flags = new Map<string, string>();
  for (let at = 0; at < own.length; at += 1) {
    const word = own[at] ?? '';
    if (!word.startsWith('-') || word === '-') {
      operands.push(word);
      continue;
    }
    const [flag = '', ...rest] = word.split('=');
    const value = rest.length === 0 ? undefined : rest.join('=');
    if (flag.startsWith('--')) {
      const name = flag.slice(2);
      if (switches.has(name)) flags.set(name, value ?? 'true');
      else if (valued.has(name)) flags.set(name, value ?? own[(at += 1)] ?? '');
      else return { unknown: flag };
      continue;
    }
    const letters = flag.slice(1).split('');
    const names = letters.map((letter) => short[letter] ?? '');
    const [first = ''] = names;
    if (valued.has(first))
      flags.set(first, value ?? (letters.length > 1 ? flag.slice(2) : (own[(at += 1)] ?? '')));
    else if (names.every((name) => switches.has(name)))
      for (const name of names) flags.set(name, value ?? 'true');
    else return { unknown: flag };
  }
  const [verb = '', ...others] = operands;
  return { verb, operands: others, flags, command: end === -1 ? [] : words.slice(end + 1) };
};
