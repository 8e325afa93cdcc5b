import type { factTypes, FactTypeName } from './fact-table.js';

/** A fact that could not be read: its place in the tree says which, and whatever depends on it is `unknown`. */
export interface Unreadable {
  readonly $unreadable: string;
}

/** The value that a type of the table stands for, or the reason why it could not be read. */
export type Fact<T extends string> = ValueOf<T> | Unreadable;

type ValueOf<T extends string> = T extends 'int'
  ? number
  : T extends 'string'
    ? string
    : T extends 'bool'
      ? boolean
      : T extends 'dyn'
        ? Json
        : T extends `list<${infer Item}>`
          ? readonly ValueOf<Item>[]
          : T extends `map<${infer Item}>`
            ? Readonly<Record<string, ValueOf<Item>>>
            : T extends FactTypeName
              ? {
                  readonly [Field in keyof Fields<T>]: Fact<
                    Fields<T>[Field] extends readonly [infer U extends string, string] ? U : never
                  >;
                }
              : never;

type Fields<T extends FactTypeName> = (typeof factTypes)[T]['fields'];

/** The facts of one type of the table; each of its fields may be unreadable on its own. */
export type Facts<T extends FactTypeName> = ValueOf<T>;

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Marks a fact as unreadable, with the reason that verdicts show. */
export const unreadable = (reason: string): Unreadable => ({ $unreadable: reason });

export const isUnreadable = (value: unknown): value is Unreadable =>
  typeof value === 'object' && value !== null && '$unreadable' in value;
