import { factTypes, type FactType, type FactTypeName } from '../domain/fact-table.js';
import { isUnreadable, type Json } from '../domain/fact-types.js';
import { redactedMark } from '../domain/redact.js';
import { below, celPath, type Place, type Reader } from './fact-place.js';
import { NoValue, unknownFact } from './no-value.js';
import { sameFacts } from './same-facts.js';

/**
 * Facts as CEL sees them: an object whose fields are converted when they are read (`int` to bigint, maps to Map), which throw
 * `NoValue` when they are unreadable, and which tell the reader of each reading. Nothing is converted before it is asked for.
 */
export class FactView {
  readonly #facts: Readonly<Record<string, unknown>>;
  readonly #place: Place;
  readonly #read: Reader;

  constructor(facts: Readonly<Record<string, unknown>>, place: Place, read: Reader) {
    this.#facts = facts;
    this.#place = place;
    this.#read = read;
  }

  /** One field, converted. Static, because a method's name could be that of a fact. */
  static field(view: FactView, name: string, convert: Converter): unknown {
    const place = below(view.#place, name);
    view.#read(place, 'itself');
    return convert(view.#facts[name], place, view.#read);
  }

  /** Name and value of each field for display, or the `NoValue` of one that has none; counts as no reading. */
  static fields(view: FactView): readonly (readonly [string, unknown])[] {
    const quiet = new viewTypes[FactView.typeOf(view)](view.#facts, view.#place, () => undefined);
    return Object.keys(factTypes[FactView.typeOf(view)].fields).map((name) => {
      try {
        return [name, Reflect.get(quiet, name)];
      } catch (error) {
        return [name, error];
      }
    });
  }

  static typeOf(view: FactView): FactTypeName {
    return view.constructor.name as FactTypeName;
  }

  /** Whether all fields are equal. Throws the `NoValue` of an unreadable one, unless another one differs. */
  static equal(a: FactView, b: FactView): boolean {
    a.#read(a.#place, 'all-below');
    b.#read(b.#place, 'all-below');
    const same = sameFacts(a.#facts, b.#facts, a.#place, b.#place);
    if (same instanceof NoValue) throw same;
    return same;
  }
}

/** Of a saved run; before it was saved, it was judged with what was there. */
export const redacted = 'a secret was taken out of it when the report was written';

type Converter = (value: unknown, place: Place, read: Reader) => unknown;
export type ViewType = new (...parts: ConstructorParameters<typeof FactView>) => FactView;

const places = new WeakMap<object, Place>();

/** Where a map or list of facts came from; undefined for one that the expression made. */
export const placeOf = (value: unknown): Place | undefined =>
  typeof value === 'object' && value !== null ? places.get(value) : undefined;

/** JSON as CEL has it: whole numbers are ints, objects are maps. */
const fromJson = (value: Json): unknown => {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(fromJson);
  return new Map(Object.entries(value).map(([key, item]) => [key, fromJson(item)]));
};

/** Reading the items of a list or of a dyn is no further reading: its place speaks for all below it. */
const silent: Reader = () => undefined;

const rawConverter = (type: string): Converter => {
  if (type === 'int') return (value) => BigInt(value as number);
  if (type === 'dyn') return (value) => fromJson(value as Json);
  if (type === 'string' || type === 'bool') return (value) => value;
  const [, container, item = ''] = /^(list|map)<(.+)>$/.exec(type) ?? [];
  const convert = container === undefined ? undefined : converter(item);
  if (convert === undefined) {
    return (value, place, read) =>
      new viewTypes[type as FactTypeName](value as Readonly<Record<string, unknown>>, place, read);
  }
  return (value, place, read) => {
    const converted =
      container === 'list'
        ? (value as readonly unknown[]).map((each, index) => convert(each, below(place, index), silent))
        : new Map(
            Object.entries(value as object).map(([key, each]) => [
              key,
              convert(each, below(place, key), read),
            ]),
          );
    places.set(converted, place);
    return converted;
  };
};

const isOfType = (type: string, value: unknown): boolean => {
  if (type === 'dyn') return true;
  if (type === 'int') return Number.isSafeInteger(value);
  if (type === 'string') return typeof value === 'string';
  if (type === 'bool') return typeof value === 'boolean';
  return typeof value === 'object' && value !== null && Array.isArray(value) === type.startsWith('list<');
};

/** Facts may come from a file: what is not there, or is of another type, is as good as unreadable. */
export const converter = (type: string): Converter => {
  const convert = rawConverter(type);
  return (value, place, read) => {
    if (value === undefined) throw unknownFact(celPath(place), 'it is not among the facts');
    if (isUnreadable(value)) throw unknownFact(celPath(place), value.$unreadable);
    if (!isOfType(type, value)) throw unknownFact(celPath(place), `it is recorded as no ${type}`);
    if (typeof value === 'string' && value.includes(redactedMark))
      throw unknownFact(celPath(place), redacted);
    return convert(value, place, read);
  };
};

const viewType = (name: FactTypeName): ViewType => {
  const type = { [name]: class extends FactView {} }[name] as ViewType;
  const { fields }: FactType = factTypes[name];
  for (const [field, [fieldType]] of Object.entries(fields)) {
    const convert = converter(fieldType);
    Object.defineProperty(type.prototype, field, {
      get(this: FactView) {
        return FactView.field(this, field, convert);
      },
    });
  }
  return type;
};

/** The class of each fact type: CEL tells the types of values by their classes. */
export const viewTypes = Object.fromEntries(
  Object.keys(factTypes).map((name) => [name, viewType(name as FactTypeName)]),
) as Readonly<Record<FactTypeName, ViewType>>;
