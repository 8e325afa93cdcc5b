import { CORE_SCHEMA, loadAll, Type } from 'js-yaml';
import { kubernetesSchema } from './kubernetes-scalars.js';

/** A YAML node as it was written. Offsets count from 0 in the text that was parsed. */
export interface YamlNode {
  readonly kind: 'scalar' | 'mapping' | 'sequence' | 'alias' | 'empty';
  /** Its first character, a tag or an anchor included. */
  readonly start: number;
  /** Its first character behind its tag and anchor. */
  readonly contentStart: number;
  readonly end: number;
  readonly value: unknown;
  /** Of a mapping, in the order of the text, duplicates included. */
  readonly pairs: readonly YamlPair[];
  /** Of a sequence. */
  readonly items: readonly YamlNode[];
}

export interface YamlPair {
  readonly key: YamlNode;
  readonly value: YamlNode | undefined;
}

/** The nodes directly below one, in the order of the text. */
export const childrenOf = (node: YamlNode): readonly YamlNode[] => [
  ...node.items,
  ...node.pairs.flatMap(({ key, value }) => (value === undefined ? [key] : [key, value])),
];

export interface ParsedDocument {
  readonly value: unknown;
  readonly root: YamlNode;
}

/** Who wrote a file for whom: what a plain `0100` or `yes` is depends on it. */
export type YamlReading = 'scenario' | 'manifest';

/** YAML 1.2's types of JSON only (a date stays a string, no tag makes an object), and merge keys. */
const scenarioSchema = CORE_SCHEMA.extend({
  implicit: [
    new Type('tag:yaml.org,2002:merge', {
      kind: 'scalar',
      resolve: (data: unknown) => data === '<<' || data === null,
    }),
  ],
});

/** What has more keys and values, nobody wrote by hand. js-yaml bounds the depth. */
const mostNodes = 200_000;

/** A file is beyond a bound; `message` is the end of a sentence about it. */
export class YamlTooLarge extends Error {
  override readonly name = 'YamlTooLarge';

  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Parses all documents of a text with js-yaml, whose listener tells where it opens and closes a node. Throws a
 * `YAMLException` with a mark for what is no YAML, and `YamlTooLarge`. Duplicate keys are left to the caller: the last one wins.
 */
export const parseYaml = (text: string, reading: YamlReading): readonly ParsedDocument[] => {
  let nodes = 0;
  const roots: YamlNode[] = [];
  const open: { readonly start: number; readonly children: YamlNode[] }[] = [];
  const values = loadAll(text, null, {
    schema: reading === 'manifest' ? kubernetesSchema : scenarioSchema,
    json: true,
    listener: (event, state) => {
      if (event === 'open') {
        nodes += 1;
        if (nodes > mostNodes) throw new YamlTooLarge(state.position, `has more than ${mostNodes} values`);
        open.push({ start: state.position, children: [] });
        return;
      }
      const { start, children } = open.pop() ?? { start: 0, children: [] };
      const node = closeNode(text, start, state, children);
      (open.at(-1)?.children ?? roots).push(node);
    },
  });
  return values.flatMap((value, index) => {
    const root = roots[index];
    return root === undefined ? [] : [{ value, root }];
  });
};

interface Closing {
  readonly kind: string | null;
  readonly position: number;
  readonly result?: unknown;
}

const closeNode = (
  text: string,
  opened: number,
  { kind, position: end, result: value }: Closing,
  children: readonly YamlNode[],
): YamlNode => {
  const start = skip(text, opened, /(?:[ \t\r\n]|#[^\r\n]*)*/y);
  const contentStart = skip(text, start, /(?:!<[^>]*>|[!&][^\s,[\]{}]*|[ \t\r\n]|#[^\r\n]*)*/y);
  const place = { start, contentStart, end, value, pairs: [], items: [] };
  if (kind === 'scalar') return { ...place, kind };
  if (kind === 'mapping' || kind === 'sequence') {
    // A value that could have been a block mapping's first key is read as that key first, one level down.
    const [only] = children;
    if (children.length === 1 && only?.kind === kind && only.value === value) return { ...only, start };
    return kind === 'mapping'
      ? { ...place, kind, pairs: pairsOf(text, contentStart, children) }
      : { ...place, kind, items: itemsOf(text, contentStart, end, children) };
  }
  // js-yaml gives an alias no kind; a node left empty ends before the next token.
  if (text.charAt(contentStart) === '*' && end > contentStart) return { ...place, kind: 'alias' };
  return { ...place, kind: 'empty', start: opened, contentStart: opened, end: Math.min(opened, end) };
};

const skip = (text: string, from: number, pattern: RegExp): number => {
  pattern.lastIndex = from;
  pattern.test(text);
  return Math.max(from, pattern.lastIndex);
};

/** The punctuation between two nodes: what is left without white space and comments. */
const between = (text: string, from: number, to: number): string =>
  text.slice(from, to).replace(/#[^\r\n]*|\s/g, '');

const pairsOf = (text: string, from: number, children: readonly YamlNode[]): readonly YamlPair[] => {
  const pairs: { readonly key: YamlNode; value: YamlNode | undefined }[] = [];
  let end = from;
  for (const child of children) {
    const last = pairs.at(-1);
    if (last !== undefined && between(text, end, child.start).startsWith(':')) last.value = child;
    else pairs.push({ key: child, value: undefined });
    ({ end } = child);
  }
  // js-yaml looks for one more key behind the last pair of a block.
  return pairs.filter(({ key, value }) => key.kind !== 'empty' || value !== undefined);
};

const itemsOf = (
  text: string,
  start: number,
  end: number,
  children: readonly YamlNode[],
): readonly YamlNode[] => {
  const inFlow = text.charAt(start) === '[';
  const items: YamlNode[] = [];
  let last = start;
  for (const child of children) {
    const key = items.at(-1);
    if (inFlow && key !== undefined && between(text, last, child.start).startsWith(':')) {
      // `[a: b]` is a list of one mapping.
      items[items.length - 1] = { ...key, kind: 'mapping', pairs: [{ key, value: child }] };
    } else {
      // The last dash is the child's own.
      items.push(...(inFlow ? [] : emptyItems(text, last, child.start).slice(0, -1)), child);
    }
    last = child.end;
  }
  return inFlow ? items : [...items, ...emptyItems(text, last, end)];
};

/** js-yaml makes no node for `-` with nothing behind it: one for each dash of a stretch. */
const emptyItems = (text: string, from: number, to: number): readonly YamlNode[] => {
  const bare = text.slice(from, to).replace(/#[^\r\n]*/g, (comment) => ' '.repeat(comment.length));
  return [...bare.matchAll(/-/g)].map(({ index }) => {
    const start = from + index;
    return { kind: 'empty', start, contentStart: start, end: start + 1, value: null, pairs: [], items: [] };
  });
};
