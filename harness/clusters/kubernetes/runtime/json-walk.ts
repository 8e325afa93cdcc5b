import type { Json } from '../../../domain/fact-types.js';

/** The value at the end of a path of keys; undefined when there is none. */
export const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined,
    value,
  );

export const listAt = (value: unknown, ...path: readonly string[]): readonly unknown[] => {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
};

export const textAt = (value: unknown, ...path: readonly string[]): string => {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
};

export const numberAt = (value: unknown, ...path: readonly string[]): number => {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : 0;
};

/** The path of the network namespace that an OCI runtime specification names; empty when it names none. */
export const netnsOf = (spec: unknown): string => {
  const network = listAt(spec, 'linux', 'namespaces').find((each) => at(each, 'type') === 'network');
  return textAt(network, 'path');
};

/**
 * The objects in a text that has one or several of them: one after the other, or in a list, as the versions of the tools have it.
 * @throws SyntaxError when one is not whole
 */
export const parseObjects = (text: string): readonly Json[] => {
  if (text.trim() === '') return [];
  // The tools indent what is inside, so that only an object of its own begins with the line.
  const documents = text.trim().split(/(?<=^[}\]])\s*\n(?=[{[])/m);
  return documents.flatMap((document) => {
    const value = JSON.parse(document) as Json;
    return Array.isArray(value) ? (value as readonly Json[]) : [value];
  });
};
