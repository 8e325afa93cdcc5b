import type { DocumentPath } from '../../../domain/manifest.js';
import { nearestName } from '../../../domain/nearest-name.js';
import { parseQuantity } from './quantity.js';
import type { Shape } from './shape.js';

/** Something in a document that does not fit, and where. */
export interface Misfit {
  readonly path: DocumentPath;
  /** Whether it is the key that is wrong, or what it says. */
  readonly part: 'key' | 'value';
  readonly message: string;
}

type ShapeOf<Is extends Shape['is']> = Extract<Shape, { readonly is: Is }>;

/** Everything in a value that its shape does not allow. As in Kubernetes, null is the same as nothing. */
export const checkShape = (value: unknown, shape: Shape, path: DocumentPath = []): readonly Misfit[] => {
  const unless = (fits: boolean, like: string): readonly Misfit[] =>
    fits ? [] : [{ path, part: 'value', message: `${nameOf(path)} must be ${like}` }];

  switch (shape.is) {
    case 'ignored':
      return [];
    case 'string':
      return typeof value === 'string'
        ? unless(shape.pattern.test(value), shape.like)
        : unless(
            false,
            typeof value === 'number' || typeof value === 'boolean'
              ? 'a string: put it in quotes'
              : 'a string',
          );
    case 'boolean':
      return typeof value === 'boolean' && shape.only !== undefined && value !== shape.only
        ? [{ path, part: 'value', message: `this cluster does ${nameOf(path)} only as ${shape.only}` }]
        : unless(typeof value === 'boolean', 'true or false');
    case 'integer':
      return unless(
        typeof value === 'number' && Number.isInteger(value) && value >= shape.from && value <= shape.to,
        shape.to === Number.MAX_SAFE_INTEGER
          ? `a whole number from ${shape.from} up`
          : `a whole number from ${shape.from} to ${shape.to}`,
      );
    case 'quantity':
      return unless(
        (typeof value === 'string' || typeof value === 'number') && (parseQuantity(value) ?? -1) >= 0,
        'a quantity, e.g. 500m or 128Mi',
      );
    case 'one-of':
      return typeof value === 'string' && shape.values.includes(value)
        ? []
        : [
            {
              path,
              part: 'value',
              message: `this cluster does ${nameOf(path)} only as ${shape.values.filter(Boolean).join(', ')}`,
            },
          ];
    case 'either':
      return unless(
        shape.shapes.some((one) => checkShape(value, one, path).length === 0),
        shape.like,
      );
    case 'list':
      return checkList(value, shape, path);
    case 'map':
      return isObject(value)
        ? entriesOf(value).flatMap(([key, item]) => checkShape(item, shape.of, [...path, key]))
        : unless(false, 'a map');
    case 'object':
      return isObject(value) ? checkObject(value, shape, path) : unless(false, 'a map');
  }
};

const checkList = (value: unknown, shape: ShapeOf<'list'>, path: DocumentPath): readonly Misfit[] => {
  if (!Array.isArray(value)) return [{ path, part: 'value', message: `${nameOf(path)} must be a list` }];
  if (value.length < shape.atLeast) {
    return [{ path, part: 'value', message: `${nameOf(path)} must have at least ${shape.atLeast} item` }];
  }
  return value.flatMap((item: unknown, index) => checkShape(item, shape.of, [...path, index]));
};

const checkObject = (
  value: Readonly<Record<string, unknown>>,
  { fields, required }: ShapeOf<'object'>,
  path: DocumentPath,
): readonly Misfit[] => {
  const entries = entriesOf(value);
  const missing = required
    .filter((key) => !entries.some(([present]) => present === key))
    .map((key): Misfit => ({ path, part: 'key', message: `${nameOf([...path, key])} is missing` }));
  const misfits = entries.flatMap(([key, item]) => {
    const shape = Object.hasOwn(fields, key) ? fields[key] : undefined;
    return shape === undefined
      ? [unknownField([...path, key], Object.keys(fields))]
      : checkShape(item, shape, [...path, key]);
  });
  return [...missing, ...misfits];
};

const unknownField = (path: DocumentPath, known: readonly string[]): Misfit => {
  const meant = nearestName(String(path.at(-1)), known);
  const question = meant === undefined ? '' : `; did you mean \`${meant}\`?`;
  return { path, part: 'key', message: `this cluster does not do ${nameOf(path)}${question}` };
};

/** As JSONPath-like text: `spec.containers[0].image`. */
export const nameOf = (path: DocumentPath): string =>
  path
    .map((step, index) =>
      typeof step === 'number'
        ? `[${step}]`
        : /^[\w-]+$/.test(step)
          ? `${index === 0 ? '' : '.'}${step}`
          : `["${step}"]`,
    )
    .join('') || 'the manifest';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const entriesOf = (value: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] =>
  Object.entries(value).filter(([, item]) => item !== null && item !== undefined);
