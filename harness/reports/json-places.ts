import type { Position } from '../domain/manifest.js';

/** Where the values of a JSON text stand, by their JSON pointer; or the first mistake in it. */
export type JsonPlaces =
  | { readonly valid: true; readonly places: ReadonlyMap<string, Place> }
  | { readonly valid: false; readonly offset: number; readonly message: string };

interface Place {
  readonly value: number;
  /** Where its key stands; the value itself where it has none. */
  readonly key: number;
}

/** Finds the places that JSON.parse does not tell. */
export const jsonPlaces = (text: string): JsonPlaces => {
  const places = new Map<string, Place>();
  try {
    const end = readValue({ text, places }, skipBlanks(text, 0), '', undefined, 0);
    if (end < text.length) throw new Mistake(end, 'must end here');
    return { valid: true, places };
  } catch (error) {
    if (error instanceof Mistake) return { valid: false, offset: error.offset, message: error.message };
    throw error;
  }
};

/** The line and column of an offset, both counting from 1. */
export const positionOf = (text: string, offset: number): Position => {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
};

/** One step of a JSON pointer (RFC 6901). */
export const pointerStep = (key: string | number): string =>
  `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;

interface Source {
  readonly text: string;
  readonly places: Map<string, Place>;
}

class Mistake extends Error {
  readonly offset: number;
  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

const blanks = /[ \t\r\n]*/y;
const stringToken = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|[\x7f-\x9f])*"/uy;
const scalarToken = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y;
const deepest = 500;

const endOf = (token: RegExp, text: string, offset: number): number | undefined => {
  token.lastIndex = offset;
  return token.test(text) ? token.lastIndex : undefined;
};

const skipBlanks = (text: string, offset: number): number => endOf(blanks, text, offset) ?? offset;

/** Each reader takes the offset of what it reads and gives the offset of what follows behind it and blanks. */
const readValue = (
  source: Source,
  start: number,
  pointer: string,
  key: number | undefined,
  depth: number,
): number => {
  const { text, places } = source;
  if (depth > deepest) throw new Mistake(start, `must not be nested deeper than ${deepest}`);
  places.set(pointer, { value: start, key: key ?? start });
  if (text[start] === '{') return readItems(source, start, '}', pointer, depth);
  if (text[start] === '[') return readItems(source, start, ']', pointer, depth);
  const end = endOf(text[start] === '"' ? stringToken : scalarToken, text, start);
  if (end === undefined)
    throw new Mistake(start, text[start] === '"' ? 'is no JSON string' : wanted(text, start, 'a value'));
  return skipBlanks(text, end);
};

const readItems = (
  source: Source,
  start: number,
  close: '}' | ']',
  pointer: string,
  depth: number,
): number => {
  const { text } = source;
  let at = skipBlanks(text, start + 1);
  if (text[at] === close) return skipBlanks(text, at + 1);
  for (let index = 0; ; index++) {
    if (close === '}') {
      const key = at;
      const colon = readKey(text, key);
      const name = JSON.parse(text.slice(key, colon).trimEnd()) as string;
      at = readValue(source, skipBlanks(text, colon + 1), pointer + pointerStep(name), key, depth + 1);
    } else at = readValue(source, at, pointer + pointerStep(index), undefined, depth + 1);
    if (text[at] === close) return skipBlanks(text, at + 1);
    if (text[at] !== ',') throw new Mistake(at, wanted(text, at, `"," or "${close}"`));
    at = skipBlanks(text, at + 1);
  }
};

/** The offset of the colon behind a key. */
const readKey = (text: string, start: number): number => {
  const end = endOf(stringToken, text, start);
  if (end === undefined) throw new Mistake(start, wanted(text, start, 'a key in double quotes'));
  const colon = skipBlanks(text, end);
  if (text[colon] !== ':') throw new Mistake(colon, wanted(text, colon, '":"'));
  return colon;
};

const wanted = (text: string, offset: number, what: string): string =>
  offset >= text.length ? `ends where ${what} must follow` : `must be ${what}`;
