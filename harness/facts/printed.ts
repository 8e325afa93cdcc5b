import type { Ended } from './answers.js';

/** An object of a tool's JSON. */
export type Printed = Readonly<Record<string, unknown>>;

/** What a command printed, when it did what it was asked. @throws Error with its own words when it did not */
export const succeeded = ({ exitCode, stdout, stderr }: Ended): string => {
  if (exitCode !== 0) throw new Error(`ended with ${exitCode}: ${oneLine(stderr || stdout)}`);
  // netlink's way to say that a dump is not of one moment; ip ends with 0 all the same.
  if (stderr.includes('Dump was interrupted')) throw new Error(`says: ${oneLine(stderr)}`);
  return stdout;
};

/** The objects of the JSON list that a command printed. @throws Error for anything else, nothing at all included */
export const printedList = (answer: Ended): readonly Printed[] => asList(printedJson(answer), 'a list');

/** The JSON that a command printed. */
export const printedJson = (answer: Ended): unknown => {
  const text = succeeded(answer);
  if (text.trim() === '') {
    throw new Error(`printed nothing${answer.stderr === '' ? '' : ` but ${oneLine(answer.stderr)}`}`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`printed no JSON: ${oneLine(text)}`);
  }
};

export const asList = (value: unknown, what: string): readonly Printed[] => {
  if (!Array.isArray(value)) throw new Error(`printed no ${what}: ${excerpt(value)}`);
  return value.map((item) => asObject(item, 'object in its list'));
};

export const asObject = (value: unknown, what: string): Printed => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`printed no ${what}: ${excerpt(value)}`);
  }
  return value as Printed;
};

/** A whole number; tools of other versions print some of them as text. */
export const intOf = (object: Printed, key: string): number => {
  const value = object[key];
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  if (typeof value === 'string' && /^-?[0-9]{1,15}$/.test(value)) return Number(value);
  throw new Error(`printed no number as ${key}: ${excerpt(object)}`);
};

export const textOf = (object: Printed, key: string): string => {
  const value = object[key];
  if (typeof value !== 'string') throw new Error(`printed no ${key}: ${excerpt(object)}`);
  return value;
};

/** A text that tools leave out where there is none. */
export const textOr = (fallback: string, object: Printed, key: string): string =>
  object[key] === undefined || object[key] === null ? fallback : textOf(object, key);

export const intOr = (fallback: number, object: Printed, key: string): number =>
  object[key] === undefined || object[key] === null ? fallback : intOf(object, key);

const excerpt = (value: unknown): string => oneLine(value === undefined ? 'nothing' : JSON.stringify(value));

/** A tool's words, short enough for a sentence. */
export const oneLine = (text: string): string => {
  const line = text.trim().replaceAll(/\s+/g, ' ');
  if (line === '') return 'it said nothing';
  return line.length <= 200 ? line : `${line.slice(0, 200)}…`;
};
