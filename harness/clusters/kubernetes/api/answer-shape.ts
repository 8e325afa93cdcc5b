import { NetclaimsError } from '../../../domain/error.js';

/**
 * Reads a value of an answer as a T, and keeps the fields that it does not know.
 * @param at where the value stands, for what is said of one that does not fit: `items[0].metadata`
 * @throws Misfit
 */
export type Shape<T> = (value: unknown, at: string) => T;

/** A field that may be missing. The server writes what is empty as null too. */
export interface Optional<T> {
  readonly optional: Shape<T>;
}

type Fields<T> = {
  readonly [K in keyof T]-?: undefined extends T[K] ? Optional<NonNullable<T[K]>> : Shape<T[K]>;
};

class Misfit extends Error {}

const misfit = (value: unknown, at: string, wanted: string): Misfit => {
  const is = value === null ? 'null' : Array.isArray(value) ? 'a list' : nameOfType[typeof value];
  return new Misfit(value === undefined ? `${at} is missing` : `${at} is ${is}, not ${wanted}`);
};

const nameOfType: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
};

export const anyText: Shape<string> = (value, at) => {
  if (typeof value === 'string') return value;
  throw misfit(value, at, 'text');
};

export const anyNumber: Shape<number> = (value, at) => {
  if (typeof value === 'number') return value;
  throw misfit(value, at, 'a number');
};

export const anyBoolean: Shape<boolean> = (value, at) => {
  if (typeof value === 'boolean') return value;
  throw misfit(value, at, 'true or false');
};

/** An object of which nothing more is known. */
export const anyRecord: Shape<Readonly<Record<string, unknown>>> = (value, at) => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>>;
  throw misfit(value, at, 'an object');
};

export const optional = <T>(shape: Shape<T>): Optional<T> => ({ optional: shape });

/** An object whose values are all alike, as labels are. */
export const recordOf =
  <T>(shape: Shape<T>): Shape<Readonly<Record<string, T>>> =>
  (value, at) =>
    Object.fromEntries(
      Object.entries(anyRecord(value, at)).map(([key, each]) => [key, shape(each, `${at}.${key}`)]),
    );

export const listOf =
  <T>(shape: Shape<T>): Shape<readonly T[]> =>
  (value, at) => {
    if (!Array.isArray(value)) throw misfit(value, at, 'a list');
    return value.map((each: unknown, index) => shape(each, `${at}[${index}]`));
  };

/** An object with these fields, and others. */
export const objectOf =
  <T extends object>(fields: Fields<T>): Shape<T> =>
  (value, at) => {
    const read: Record<string, unknown> = { ...anyRecord(value, at) };
    for (const [name, field] of Object.entries(fields) as readonly [
      string,
      Shape<unknown> | Optional<unknown>,
    ][]) {
      const place = at === '' ? name : `${at}.${name}`;
      const own = Object.hasOwn(read, name) ? read[name] : undefined;
      if (typeof field === 'function') read[name] = field(own, place);
      else if (own === undefined || own === null) Reflect.deleteProperty(read, name);
      else read[name] = field.optional(own, place);
    }
    // Each field was read by the shape that its type asks for.
    return read as T;
  };

/** A list that is always there. A server may write an empty one as null, but never leaves it out. */
export const listOrNull = <T>(shape: Shape<T>): Shape<readonly T[]> => {
  const list = listOf(shape);
  return (value, at) => (value === null ? [] : list(value, at));
};

/** The items of a list of objects. */
export const itemsOf = <T>(shape: Shape<T>): Shape<readonly T[]> => {
  const items = listOrNull(shape);
  return (value, at) => items(anyRecord(value, at).items, 'items');
};

const longest = 200;

/** A value from outside, read as a shape. @param bad the error for one that does not fit */
export const readShape = <T>(shape: Shape<T>, value: unknown, bad: (why: string) => NetclaimsError): T => {
  try {
    return shape(value, '');
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    throw bad(error.message.replace(/^ /, 'the answer '));
  }
};

/**
 * The answer, read as a shape.
 * @param text as it came @param request e.g. `GET /api/v1/nodes`
 * @throws NetclaimsError `cluster/api-answer`
 */
export const readAnswer = <T>(shape: Shape<T>, body: unknown, text: string, request: string): T =>
  readShape(shape, body, (why) => badAnswer(request, why, text));

/** An answer with which nothing can be done. */
export const badAnswer = (request: string, why: string, body: string, cause?: unknown): NetclaimsError =>
  new NetclaimsError({
    code: 'cluster/api-answer',
    what: `the Kubernetes API answered ${request} with something else than it should`,
    evidence: [
      why,
      `it answered: ${body.length > longest ? `${body.slice(0, longest)}…` : body || 'nothing'}`,
    ],
    cause,
  });
