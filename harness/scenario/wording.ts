import type { DocumentPath } from '../domain/manifest.js';

/** A path as people write it: `spec.steps[2].probe`. */
export const pathText = (path: DocumentPath): string =>
  path
    .map((segment) =>
      typeof segment === 'number'
        ? `[${segment}]`
        : /^[\w-]+$/.test(segment)
          ? `.${segment}`
          : `[${JSON.stringify(segment)}]`,
    )
    .join('')
    .replace(/^\./, '');

/** The end of "must be …" for a value that is something else. */
export const butIs = (value: unknown): string =>
  value === null || value === undefined ? ', but is left empty' : `, not ${shown(value)}`;

/** A value in a message: short, and without anything that a terminal obeys. */
export const shown = (value: unknown): string => {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value !== 'string') return `the ${typeof value} ${JSON.stringify(value)}`;
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 59)}…` : value);
};
