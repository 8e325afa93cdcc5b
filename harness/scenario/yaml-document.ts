import { YAMLException } from 'js-yaml';
import type { DocumentPath, Position } from '../domain/manifest.js';
import type { Problem } from '../domain/problem.js';
import { offsetInScalar } from './scalar-source.js';
import type { SourceText } from './source-text.js';
import { ambiguousNumbers, duplicateKeys, endlessAliases, errorAt } from './yaml-checks.js';
import {
  childrenOf,
  parseYaml,
  YamlTooLarge,
  type ParsedDocument,
  type YamlNode,
  type YamlReading,
} from './yaml-tree.js';

export type Part = 'key' | 'value';

/** One document of a YAML or JSON file, with where each of its parts stands. */
export interface YamlDocument {
  readonly file: string;
  readonly value: unknown;
  /** The value at a path as Kubernetes reads it: for manifests that are written in a scenario. */
  asManifest(path: DocumentPath): unknown;
  /** Where a value stands, or the nearest of its parents that was written; with `key`, where its key stands. */
  position(path: DocumentPath, part?: Part): Position;
  problem(path: DocumentPath, message: string, part?: Part): Problem;
  /** A problem with a part of a string, which an excerpt shows; offsets into the string's value, the end exclusive. */
  problemWithin(path: DocumentPath, start: number, end: number, message: string): Problem;
}

/** The documents of a text; a syntax error, duplicate keys and endless aliases are problems with their places. */
export const readYaml = (
  source: SourceText,
  reading: YamlReading,
): { readonly documents: readonly YamlDocument[]; readonly problems: readonly Problem[] } => {
  const parsed = parse(source, reading);
  if ('message' in parsed) return { documents: [], problems: [parsed] };
  const written = parsed.filter(({ root }) => root.kind !== 'empty');
  return {
    documents: written.map((document, index) => yamlDocument(source, document, index)),
    problems: written.flatMap((document) => [
      ...duplicateKeys(source, document.root),
      ...endlessAliases(source, document),
      ...(reading === 'scenario' ? ambiguousNumbers(source, document.root) : []),
    ]),
  };
};

const parse = (source: SourceText, reading: YamlReading): readonly ParsedDocument[] | Problem => {
  try {
    return parseYaml(source.text, reading);
  } catch (error) {
    if (error instanceof YamlTooLarge) return errorAt(source, error.offset, error.message);
    if (!(error instanceof YAMLException)) throw error;
    // @types/js-yaml promises a mark and a reason, but neither is always there.
    const { mark, reason } = error as Partial<YAMLException>;
    const offset = mark?.position ?? 0;
    const excerpt = source.excerpt(offset, offset + 1);
    return {
      ...errorAt(source, offset, `is not valid YAML: ${reason ?? error.message}`),
      ...(/^\s*\^?\s*$/.test(excerpt) ? {} : { excerpt }),
    };
  }
};

const yamlDocument = (source: SourceText, { value, root }: ParsedDocument, index: number): YamlDocument => {
  let manifests: readonly ParsedDocument[] | undefined;
  const anchored = collections(root);
  const follow = (node: YamlNode): YamlNode =>
    node.kind === 'alias' ? (anchored.get(node.value) ?? node) : node;

  const pairOf = (mapping: YamlNode, key: string): Place | undefined => {
    const pair = mapping.pairs.findLast((candidate) => String(candidate.key.value) === key);
    if (pair !== undefined) return placeOf(pair.key, pair.value);
    return mapping.pairs
      .filter((candidate) => candidate.key.value === '<<' && candidate.value !== undefined)
      .flatMap((candidate) => (candidate.value === undefined ? [] : [follow(candidate.value)]))
      .flatMap((merged) => (merged.kind === 'sequence' ? merged.items : [merged]))
      .map((merged) => pairOf(follow(merged), key))
      .find((found) => found !== undefined);
  };

  const locate = (path: DocumentPath): Place => {
    let place = placeOf(root, root);
    for (const segment of path) {
      const parent = follow(place.value);
      const item = parent.items[Number(segment)];
      const child =
        parent.kind === 'sequence' ? item && placeOf(item, item) : pairOf(parent, String(segment));
      if (child === undefined) return place;
      place = child;
    }
    return place;
  };

  const position = (path: DocumentPath, part: Part = 'value') => source.positionAt(locate(path)[part].start);

  const problem = (path: DocumentPath, message: string, part: Part = 'value'): Problem => ({
    file: source.file,
    ...position(path, part),
    message,
    severity: 'error',
  });

  return {
    file: source.file,
    value,
    asManifest: (path) => {
      manifests ??= parseYaml(source.text, 'manifest');
      return below(manifests.filter((one) => one.root.kind !== 'empty')[index]?.value, path);
    },
    position,
    problem,
    problemWithin: (path, start, end, message) => {
      const node = locate(path).value;
      if (node.kind !== 'scalar' || typeof node.value !== 'string') return problem(path, message);
      const raw = source.text.slice(node.contentStart, node.end);
      const from = node.contentStart + offsetInScalar(raw, node.value, start);
      const last = node.contentStart + offsetInScalar(raw, node.value, Math.max(start, end - 1));
      return { ...errorAt(source, from, message), excerpt: source.excerpt(from, last + 1) };
    },
  };
};

/** What lies at a path; keys of Kubernetes' reading may be called otherwise, so that nothing does. */
const below = (value: unknown, path: DocumentPath): unknown =>
  path.reduce<unknown>(
    (part, segment) => (typeof part === 'object' && part !== null ? Reflect.get(part, segment) : undefined),
    value,
  );

interface Place {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

/** A value that was left empty stands where its key stands. */
const placeOf = (key: YamlNode, value: YamlNode | undefined): Place => ({
  key,
  value: value === undefined || value.kind === 'empty' ? key : value,
});

/** The node that each mapping and sequence was written with, by its value: an alias has the same one. */
const collections = (root: YamlNode): ReadonlyMap<unknown, YamlNode> => {
  const found = new Map<unknown, YamlNode>();
  const visit = (node: YamlNode): void => {
    if (node.kind === 'mapping' || node.kind === 'sequence') found.set(node.value, node);
    childrenOf(node).forEach(visit);
  };
  visit(root);
  return found;
};
