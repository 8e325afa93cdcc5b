import type { Report } from '../domain/report.js';
import type { JsonSchema } from './json-schema.js';
import { reportSchema } from './report-schema.js';
import { keepsOrder } from './world-schema.js';

/** The JSON report of design.md. Its keys come in the order of the schema, names are sorted: the same report gives the same bytes. */
export const renderJson = (report: Report): string =>
  `${JSON.stringify(ordered(report, reportSchema), undefined, 2).replace(obeyed, escaped)}\n`;

/** What JSON allows raw in a string and a terminal obeys all the same. */
const obeyed = /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');

const ordered = (value: unknown, schema: JsonSchema): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  const described = resolved(value, schema);
  if (Array.isArray(value)) {
    const { items } = described;
    return items === undefined ? value : value.map((item) => ordered(item, items));
  }
  const { properties, additionalProperties } = described;
  const object = value as Readonly<Record<string, unknown>>;
  if (properties !== undefined) {
    return Object.fromEntries(
      Object.entries(properties)
        .filter(([key]) => key in object)
        .map(([key, property]) => [key, ordered(object[key], property === false ? {} : property)]),
    );
  }
  if (additionalProperties === undefined || additionalProperties === false) return value;
  const names = keepsOrder(described) ? Object.keys(object) : Object.keys(object).sort();
  return Object.fromEntries(names.map((name) => [name, ordered(object[name], additionalProperties)]));
};

/** The schema that describes this value: references followed, and of a fact or its being unreadable the one that it is. */
const resolved = (value: object, schema: JsonSchema): JsonSchema => {
  if (schema.$ref !== undefined) {
    return resolved(value, reportSchema.$defs?.[schema.$ref.slice('#/$defs/'.length)] ?? {});
  }
  if (schema.anyOf === undefined) return schema;
  const [fact = {}, unreadable = {}] = schema.anyOf;
  return resolved(value, '$unreadable' in value ? unreadable : fact);
};
