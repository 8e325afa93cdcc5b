/** The part of JSON Schema 2020-12 that reports are described with. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $id?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: string | boolean;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly minimum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema | false>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | false;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly if?: JsonSchema;
  readonly then?: JsonSchema;
  readonly else?: JsonSchema;
}

export const string: JsonSchema = { type: 'string' };
export const integer: JsonSchema = { type: 'integer' };
export const count: JsonSchema = { type: 'integer', minimum: 0 };
export const bool: JsonSchema = { type: 'boolean' };

export const described = (description: string, schema: JsonSchema): JsonSchema => ({
  description,
  ...schema,
});

export const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });

/** An object whose keys are names. */
export const mapOf = (additionalProperties: JsonSchema): JsonSchema => ({
  type: 'object',
  additionalProperties,
});

/** A schema for each key of a type, whatever variants it has: what the type grows by does not compile until it is described. */
export type PropertiesOf<T> = Readonly<Record<T extends unknown ? keyof T & string : never, JsonSchema>>;

/** An object with exactly these properties, all of them but the `optional` ones. */
export const record = <T>(
  properties: PropertiesOf<T>,
  optional: readonly (keyof PropertiesOf<T>)[] = [],
): JsonSchema => ({
  type: 'object',
  properties,
  required: (Object.keys(properties) as (keyof PropertiesOf<T>)[]).filter((key) => !optional.includes(key)),
  additionalProperties: false,
});

/** The same object, or null. */
export const orNull = (schema: JsonSchema): JsonSchema => ({ ...schema, type: ['object', 'null'] });

export const definition = (name: string): JsonSchema => ({ $ref: `#/$defs/${name}` });
