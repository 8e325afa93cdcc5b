/** The names that an expression uses, read from its text alone, so that it works on expressions with mistakes too. */
export interface UsedNames {
  /** Names that stand on their own: `p1`, `before`, `pods`; not `inode` in `p1.inode`. */
  readonly free: ReadonlySet<string>;
  /** `NAME` of `probes.NAME` and `probes["NAME"]`. */
  readonly probes: ReadonlySet<string>;
  /** The pairs `before.nginx` of two names. */
  readonly members: readonly (readonly [owner: string, member: string])[];
}

const token =
  /\/\/[^\n]*|[bBrR]{0,2}(?:"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|[A-Za-z_]\w*|\d[\w.]*|[^\s]/g;

export const usedNames = (source: string): UsedNames => {
  const tokens = [...source.matchAll(token)].map(([text]) => text).filter((text) => !text.startsWith('//'));
  const bound = boundNames(tokens);
  const free = tokens.flatMap((text, index) =>
    isName(text) && tokens[index - 1] !== '.' && !bound.has(text) ? [index] : [],
  );
  const members = free.flatMap((index) => {
    const owner = tokens[index] ?? '';
    const member = memberAt(tokens, index + 1);
    return member === undefined ? [] : [[owner, member] as const];
  });
  return {
    free: new Set(free.map((index) => tokens[index] ?? '')),
    probes: new Set(members.flatMap(([owner, member]) => (owner === 'probes' ? [member] : []))),
    members,
  };
};

const isName = (text: string): boolean => /^[A-Za-z_]\w*$/.test(text);

const macros = ['all', 'exists', 'exists_one', 'map', 'filter'];

/** What macros such as `links.exists(link, …)` name for themselves. */
const boundNames = (tokens: readonly string[]): ReadonlySet<string> =>
  new Set(
    tokens.filter(
      (_, index) =>
        tokens[index - 3] === '.' &&
        macros.includes(tokens[index - 2] ?? '') &&
        tokens[index - 1] === '(' &&
        tokens[index + 1] === ',',
    ),
  );

/** `.name` or `["name"]` at an index. */
const memberAt = (tokens: readonly string[], index: number): string | undefined => {
  const next = tokens[index + 1] ?? '';
  if (tokens[index] === '.' && isName(next)) return next;
  return tokens[index] === '[' && tokens[index + 2] === ']' ? /^["'](\w+)["']$/.exec(next)?.[1] : undefined;
};

/** An expression, or a `let` entry that it uses. */
export interface UsedSource {
  /** The `let` name; undefined for the expression itself. */
  readonly via: string | undefined;
  readonly source: string;
}

/** An expression and all the `let` entries that it uses, directly or through others. */
export const withLetEntries = (
  source: string,
  entries: readonly { readonly name: string; readonly source: string }[],
): readonly UsedSource[] => {
  const used = new Map<string | undefined, UsedSource>();
  const visit = (one: UsedSource): void => {
    if (used.has(one.via)) return;
    used.set(one.via, one);
    const { free, members } = usedNames(one.source);
    // `before.nginx` is the entry `nginx` when it is one; a field of the same name does no harm.
    const names = new Set([...free, ...members.map(([, member]) => member)]);
    entries
      .filter(({ name }) => names.has(name))
      .forEach((entry) => visit({ via: entry.name, source: entry.source }));
  };
  visit({ via: undefined, source });
  return [...used.values()];
};
