import type { Problem } from '../domain/problem.js';
import type { SourceText } from './source-text.js';
import { childrenOf, type ParsedDocument, type YamlNode } from './yaml-tree.js';

/** An error at an offset of a text. */
export const errorAt = (source: SourceText, offset: number, message: string): Problem => ({
  file: source.file,
  ...source.positionAt(offset),
  message,
  severity: 'error',
});

/** Keys that a mapping has twice, of which YAML allows only one. */
export const duplicateKeys = (source: SourceText, node: YamlNode): readonly Problem[] => {
  const first = new Map<string, number>();
  return [
    ...node.pairs.flatMap(({ key }) => {
      const name = String(key.value);
      const earlier = first.get(name);
      if (earlier === undefined) {
        first.set(name, key.start);
        return [];
      }
      const { line } = source.positionAt(earlier);
      return [errorAt(source, key.start, `repeats the key \`${name}\` of line ${line}`)];
    }),
    ...childrenOf(node).flatMap((child) => duplicateKeys(source, child)),
  ];
};

/**
 * Numbers of a scenario that begin with a zero: 10 is not what whoever writes 010 for Kubernetes means. Manifests in it are read as
 * Kubernetes reads them.
 */
export const ambiguousNumbers = (source: SourceText, node: YamlNode): readonly Problem[] => {
  if (node.kind === 'scalar' && typeof node.value === 'number') {
    const text = source.text.slice(node.contentStart, node.end).trim();
    if (!/^[-+]?0[0-9]/.test(text)) return [];
    const message = `\`${text}\` is octal in YAML 1.1 and decimal in YAML 1.2: write it without the zero in front`;
    return [errorAt(source, node.contentStart, message)];
  }
  return [
    ...node.items.flatMap((item) => ambiguousNumbers(source, item)),
    ...node.pairs.flatMap(({ key, value }) =>
      value === undefined || key.value === 'manifests' ? [] : ambiguousNumbers(source, value),
    ),
  ];
};

const mostValues = 200_000;

/** Aliases can make a small file endless: by a value that contains itself, or by doubling it again and again. */
export const endlessAliases = (source: SourceText, { value, root }: ParsedDocument): readonly Problem[] => {
  const waiting = [value];
  for (let seen = 0; waiting.length > 0; seen += 1) {
    if (seen === mostValues) {
      return [errorAt(source, root.start, `has aliases that make it more than ${mostValues} values`)];
    }
    const next = waiting.pop();
    if (typeof next === 'object' && next !== null) {
      for (const value of Object.values(next) as readonly unknown[]) waiting.push(value);
    }
  }
  return [];
};
