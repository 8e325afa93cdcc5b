import type { Json } from '../domain/fact-types.js';
/** A scenario file's content as the schema has it, before anything is read into it. */
export interface RawScenario {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec: RawSpec;
}

export interface RawSpec extends RawWorld {
  readonly claim: string;
  readonly source?: { readonly document: string; readonly section?: string; readonly quote?: string };
  readonly requires?: readonly string[];
  readonly expect: readonly { readonly id: string; readonly says: string; readonly that: string }[];
  readonly controls?: readonly RawControl[];
}

export interface RawControl extends RawWorld {
  readonly name: string;
  readonly refutes: readonly string[];
}

export interface RawWorld {
  readonly manifests?: RawManifests;
  readonly let?: Readonly<Record<string, string>>;
  readonly steps?: readonly RawStep[];
}

export type RawManifests = readonly (string | Readonly<Record<string, unknown>>)[];

/** Has exactly one of its keys. */
export interface RawStep {
  readonly observe?: string;
  readonly probe?: {
    readonly name: string;
    readonly in: {
      readonly pod?: string;
      readonly container?: string;
      readonly netns?: string;
      readonly node?: string;
    };
    readonly env?: Readonly<Record<string, string>>;
    readonly run?: readonly string[];
    readonly sh?: string;
    readonly reads?: boolean;
    readonly anyExit?: true;
    readonly timeout?: string;
  };
  readonly apply?: { readonly manifests: RawManifests; readonly timeout?: string };
  readonly delete?: {
    readonly pod?: string;
    readonly kind?: string;
    readonly name?: string;
    readonly manifests?: RawManifests;
    readonly timeout?: string;
  };
  readonly kill?: {
    readonly pod: string;
    readonly container?: string;
    readonly sandbox?: true;
    readonly timeout?: string;
  };
  readonly restart?: { readonly pod: string; readonly container: string; readonly timeout?: string };
  readonly reconfigure?: {
    readonly set?: Readonly<Record<string, Json>>;
    readonly plugin?: string;
    readonly timeout?: string;
  };
  readonly wait?: { readonly until: string; readonly for?: string; readonly timeout?: string };
  readonly repeat?: { readonly times: number; readonly steps: readonly RawStep[]; readonly timeout?: string };
}

/**
 * The same in a file that may have mistakes: what is there is what the schema wants, and anything may be missing. Checks read this,
 * so that one mistake does not hide the next.
 */
export type Written<T> = T extends string | number | boolean
  ? T
  : T extends readonly (infer Item)[]
    ? readonly (Written<Item> | undefined)[]
    : string extends keyof T
      ? { readonly [Key in keyof T]: T[Key] | undefined }
      : { readonly [Key in keyof T]?: Written<T[Key]> | undefined };

/** Leaves out of a document what the schema found unusable, by JSON pointers. What is left was validated, part by part. */
export const usableParts = (value: unknown, unusable: ReadonlySet<string>): Written<RawScenario> =>
  usable(value, unusable, '') ?? {};

const usable = (value: unknown, unusable: ReadonlySet<string>, pointer: string): unknown => {
  if (unusable.has(pointer)) return undefined;
  if (Array.isArray(value)) return value.map((item, index) => usable(item, unusable, `${pointer}/${index}`));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      usable(part, unusable, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
    ]),
  );
};
