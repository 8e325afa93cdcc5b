import { FAILSAFE_SCHEMA, Type, type Schema } from 'js-yaml';

/*
 * How kubectl and the API server read plain scalars (sigs.k8s.io/yaml): YAML 1.1's words for true and false, and its integers, in which a
 * leading zero means octal. Dates and numbers to the base of 60 stay strings. Quotes make anything a string.
 */

const words: Readonly<Record<string, boolean>> = Object.fromEntries([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true]),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [
    word,
    false,
  ]),
]) as Record<string, boolean>;

const nulls = ['', '~', 'null', 'Null', 'NULL'];

const integer = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** The number that a plain scalar is to Kubernetes; undefined for none. Those that JSON does not have, such as `.inf`, stay text. */
export const kubernetesNumber = (text: string): number | undefined => {
  // An underscore in front does not begin a number.
  if (!/^[-+.0-9]/.test(text)) return undefined;
  const plain = text.startsWith('.') ? text : text.replaceAll('_', '');
  const [, sign, hex, binary, octal, decimal] = integer.exec(plain) ?? [];
  const digits = hex ?? binary ?? octal ?? decimal;
  if (digits !== undefined) {
    const base = hex !== undefined ? 16 : binary !== undefined ? 2 : octal !== undefined ? 8 : 10;
    const value = Number.parseInt(digits, base);
    return sign === '-' && value !== 0 ? -value : value;
  }
  // `08` is no octal number, and so a decimal one.
  const value = float.test(plain) ? Number(plain) : undefined;
  return value === undefined || !Number.isFinite(value) ? undefined : value;
};

const scalar = (
  tag: string,
  resolve: (text: string) => boolean,
  construct: (text: string) => unknown,
): Type =>
  new Type(tag, {
    kind: 'scalar',
    resolve: (data: string | null) => resolve(data ?? ''),
    construct: (data: string | null) => construct(data ?? ''),
  });

/** Reads plain scalars as Kubernetes does. */
export const kubernetesSchema: Schema = FAILSAFE_SCHEMA.extend({
  implicit: [
    scalar(
      'tag:yaml.org,2002:null',
      (text) => nulls.includes(text),
      () => null,
    ),
    scalar(
      'tag:yaml.org,2002:bool',
      (text) => Object.hasOwn(words, text),
      (text) => words[text],
    ),
    scalar(
      'tag:yaml.org,2002:int',
      (text) => Number.isInteger(kubernetesNumber(text)),
      (text) => kubernetesNumber(text),
    ),
    scalar(
      'tag:yaml.org,2002:float',
      (text) => kubernetesNumber(text) !== undefined,
      (text) => kubernetesNumber(text),
    ),
    // js-yaml knows merge keys by this tag.
    new Type('tag:yaml.org,2002:merge', {
      kind: 'scalar',
      resolve: (data: unknown) => data === '<<' || data === null,
    }),
  ],
});
