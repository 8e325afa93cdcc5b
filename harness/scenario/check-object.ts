import type { DocumentPath } from '../domain/manifest.js';
import { nearestName } from '../domain/nearest-name.js';
import { kubernetesTypes } from './kubernetes-types.js';
import { pathText, shown } from './wording.js';

/** Something that no Kubernetes takes, and where. */
export interface Misfit {
  readonly path: DocumentPath;
  readonly part: 'key' | 'value';
  readonly message: string;
}

/**
 * Values of the wrong type, and misspelt fields, in an object of a kind that is known. A field that is like no known one may be of a later
 * Kubernetes, and stays allowed. As there, null is the same as nothing.
 */
export const misfitsIn = (kind: string, object: Readonly<Record<string, unknown>>): readonly Misfit[] =>
  Object.hasOwn(kubernetesTypes, kind) ? check(object, kind, []) : [];

/** Maps of quantities, and single ones; a number is a quantity too. */
const quantities = ['limits', 'requests', 'capacity', 'overhead', 'sizeLimit', 'divisor', 'storage'];

const check = (value: unknown, type: string, path: DocumentPath): readonly Misfit[] => {
  if (value === null || value === undefined) return [];
  const unless = (fits: boolean, like: string): readonly Misfit[] =>
    fits
      ? []
      : [{ path, part: 'value', message: `\`${pathText(path)}\` must be ${like}, not ${shown(value)}` }];
  if (type.startsWith('[')) {
    if (!Array.isArray(value)) return unless(false, 'a list');
    return value.flatMap((item: unknown, index) => check(item, type.slice(1, -1), [...path, index]));
  }
  if (type.startsWith('{')) {
    if (!isObject(value)) return unless(false, 'a mapping');
    return Object.entries(value).flatMap(([key, item]) => check(item, type.slice(1, -1), [...path, key]));
  }
  switch (type) {
    case 'string':
      if (typeof value === 'number' && path.slice(-2).some((step) => quantities.includes(String(step))))
        return [];
      return unless(
        typeof value === 'string',
        typeof value === 'number' || typeof value === 'boolean' ? 'a string (put it in quotes)' : 'a string',
      );
    case 'boolean':
      return unless(typeof value === 'boolean', 'true or false');
    case 'integer':
      return unless(typeof value === 'number' && Number.isInteger(value), 'a whole number');
    case 'number':
      return unless(typeof value === 'number', 'a number');
    case 'IntOrString':
      return unless(
        typeof value === 'string' || (typeof value === 'number' && Number.isInteger(value)),
        'a whole number or a string',
      );
    default:
      return checkFields(value, type, path, unless);
  }
};

const checkFields = (
  value: unknown,
  type: string,
  path: DocumentPath,
  unless: (fits: boolean, like: string) => readonly Misfit[],
): readonly Misfit[] => {
  const text = Object.hasOwn(kubernetesTypes, type) ? kubernetesTypes[type] : undefined;
  if (text === undefined) return [];
  if (!isObject(value)) return unless(false, 'a mapping');
  const fields = new Map(text.split(' ').map((field) => field.split(':') as [string, string]));
  return Object.entries(value).flatMap(([key, part]) => {
    const own = fields.get(key);
    if (own !== undefined) return check(part, own, [...path, key]);
    const near = nearestName(
      key,
      [...fields.keys()].filter((known) => !Object.hasOwn(value, known)),
    );
    if (near === undefined) return [];
    const where = path.length === 0 ? `a ${type}` : `\`${pathText(path)}\``;
    return [
      {
        path: [...path, key],
        part: 'key',
        message: `${where} has no field \`${key}\`; did you mean \`${near}\`?`,
      },
    ];
  });
};

/** Whether a value is a mapping. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
