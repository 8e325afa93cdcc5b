import { factTypes, type FactType, type FactTypeName } from '../domain/fact-table.js';
import type { Unreadable } from '../domain/fact-types.js';
import { bool, definition, integer, list, mapOf, record, string, type JsonSchema } from './json-schema.js';

const types: Readonly<Record<string, FactType>> = factTypes;

const schemaOf = (type: string): JsonSchema => {
  const [, container, item] = /^(list|map)<(.+)>$/.exec(type) ?? [];
  if (item !== undefined) return container === 'list' ? list(schemaOf(item)) : mapOf(schemaOf(item));
  if (type in types) return definition(type);
  switch (type) {
    case 'int':
      return integer;
    case 'string':
      return string;
    case 'bool':
      return bool;
    case 'dyn':
      return {};
    default:
      throw new Error(`the table of facts has no type ${type}`);
  }
};

type FactProperties<T extends FactTypeName> = Readonly<
  Record<keyof (typeof factTypes)[T]['fields'], JsonSchema>
>;

/** The properties of one type of the table of facts; each may be unreadable instead. */
export const factProperties = <T extends FactTypeName>(name: T): FactProperties<T> =>
  Object.fromEntries(
    Object.entries(types[name]?.fields ?? {}).map(([field, [type, doc]]) => [
      field,
      { description: doc, anyOf: [schemaOf(type), definition('Unreadable')] },
    ]),
  ) as Readonly<Record<string, JsonSchema>> as FactProperties<T>;

/** A definition for each type of the table of facts, and one for a fact that could not be read. */
export const factSchemas: Readonly<Record<string, JsonSchema>> = {
  Unreadable: {
    description: 'A fact that could not be read, and why. Whatever depends on it is unknown.',
    ...record<Unreadable>({ $unreadable: string }),
  },
  ...Object.fromEntries(
    (Object.keys(factTypes) as FactTypeName[]).map((name) => [
      name,
      { description: factTypes[name].doc, ...record<Record<string, unknown>>(factProperties(name)) },
    ]),
  ),
};
