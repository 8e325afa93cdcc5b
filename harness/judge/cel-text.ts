import { FactView } from './fact-view.js';
import { NoValue } from './no-value.js';

const readableLength = 120;

/** A value as CEL would write it, cut to a readable length. */
export const celText = (value: unknown, length = readableLength): string => {
  const text = write(value, length);
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
};

/** Writes a value, and not much more than `room` characters of it: a map of a hundred pods is not written out to be cut off. */
const write = (value: unknown, room: number): string => {
  if (value === null || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isInteger(value) ? value.toFixed(1) : String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof NoValue) return 'unknown';
  if (Array.isArray(value)) return `[${join(value.slice(0, room).map(listItem), room)}]`;
  if (value instanceof Map) return `{${join([...value].slice(0, room).map(mapEntry), room)}}`;
  if (value instanceof FactView) return `${FactView.typeOf(value)}{${join(fields(value), room)}}`;
  if (value instanceof Date) return `timestamp(${JSON.stringify(value.toISOString())})`;
  // The maps that an expression writes itself; nothing else that has a text of its own can come out of the facts.
  if (value?.constructor === Object) return `{${join(Object.entries(value).map(mapEntry), room)}}`;
  return `a ${typeof value === 'object' ? value.constructor.name : typeof value}`;
};

type Writer = (room: number) => string;

const fields = (view: FactView): readonly Writer[] =>
  FactView.fields(view).map(
    ([name, value]) =>
      (room) =>
        `${name}: ${write(value, room)}`,
  );

/** Facts in a list are told apart by their names, where they have some. */
const listItem =
  (item: unknown): Writer =>
  (room) => {
    if (!(item instanceof FactView)) return write(item, room);
    const [first, value] = FactView.fields(item)[0] ?? [];
    return first === 'name' ? `${FactView.typeOf(item)}{name: ${write(value, room)}, …}` : write(item, room);
  };

/** Facts in a map are told apart by their keys. */
const mapEntry =
  ([key, item]: readonly [unknown, unknown]): Writer =>
  (room) =>
    `${write(key, room)}: ${item instanceof FactView ? `${FactView.typeOf(item)}{…}` : write(item, room)}`;

const join = (writers: readonly Writer[], room: number): string => {
  let text = '';
  for (const writer of writers) {
    if (text.length > room) break;
    text += (text === '' ? '' : ', ') + writer(room - text.length);
  }
  return text;
};
