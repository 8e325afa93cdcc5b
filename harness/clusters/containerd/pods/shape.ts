/** What a part of a manifest may look like. A table of these says all that a cluster does; anything else is refused by name. */
export type Shape =
  | { readonly is: 'string'; readonly pattern: RegExp; readonly like: string }
  | { readonly is: 'boolean'; readonly only: boolean | undefined }
  | { readonly is: 'integer'; readonly from: number; readonly to: number }
  | { readonly is: 'quantity' }
  | { readonly is: 'one-of'; readonly values: readonly string[] }
  | { readonly is: 'either'; readonly shapes: readonly Shape[]; readonly like: string }
  | { readonly is: 'list'; readonly of: Shape; readonly atLeast: number }
  | { readonly is: 'map'; readonly of: Shape }
  | {
      readonly is: 'object';
      readonly fields: Readonly<Record<string, Shape>>;
      readonly required: readonly string[];
    }
  | { readonly is: 'ignored' };

export const text = (pattern = /[^]*/, like = 'a string'): Shape => ({ is: 'string', pattern, like });

/** A DNS label, as Kubernetes wants most names. */
export const label: Shape = text(
  /^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  'lower-case letters, digits and `-`, at most 63, beginning and ending with a letter or digit',
);

export const flag: Shape = { is: 'boolean', only: undefined };

/** A field that says only what is the case anyway, or must be left out. */
export const always = (value: boolean): Shape => ({ is: 'boolean', only: value });

export const integer = (from: number, to: number = Number.MAX_SAFE_INTEGER): Shape => ({
  is: 'integer',
  from,
  to,
});

export const port: Shape = integer(1, 65_535);

/** `500m`, `0.5`, `128Mi`, `1e3`, or a number. */
export const quantity: Shape = { is: 'quantity' };

export const oneOf = (...values: readonly string[]): Shape => ({ is: 'one-of', values });

export const either = (like: string, ...shapes: readonly Shape[]): Shape => ({ is: 'either', shapes, like });

export const list = (of: Shape, atLeast = 0): Shape => ({ is: 'list', of, atLeast });

export const map = (of: Shape): Shape => ({ is: 'map', of });

export const object = (fields: Readonly<Record<string, Shape>>, ...required: readonly string[]): Shape => ({
  is: 'object',
  fields,
  required,
});

/** What Kubernetes itself does not read when a pod is created, so that nothing is lost here either. */
export const ignored: Shape = { is: 'ignored' };
