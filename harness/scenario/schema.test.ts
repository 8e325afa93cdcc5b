import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { scenarioSchema, scenarioSchemaText } from './schema.js';
import { defaultTimeouts } from './timeouts.js';

interface Part {
  readonly properties?: Readonly<Record<string, Part>>;
  readonly items?: Part;
  readonly additionalProperties?: Part | boolean;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly const?: unknown;
  readonly type?: string;
  readonly $ref?: string;
}

/** All described keys of the schema, by path. */
const keysOf = (part: Part, path: string): readonly (readonly [string, Part])[] => [
  ...Object.entries(part.properties ?? {}).flatMap(([key, below]) => [
    [`${path}.${key}`, below] as const,
    ...keysOf(below, `${path}.${key}`),
  ]),
  ...(part.items === undefined ? [] : keysOf(part.items, `${path}[]`)),
  ...(typeof part.additionalProperties === 'object' ? keysOf(part.additionalProperties, `${path}.*`) : []),
];

const keys = [...keysOf(scenarioSchema, ''), ...keysOf(scenarioSchema.$defs.steps, 'steps')];

describe('the JSON Schema of scenarios', () => {
  it('is the committed one', () => {
    const committed = readFileSync(new URL('../../schema/scenario.schema.json', import.meta.url), 'utf8');
    if (committed !== scenarioSchemaText()) {
      throw new Error(
        'schema/scenario.schema.json is not what harness/scenario/schema.ts says: rewrite it with `npm run generate`',
      );
    }
    expect(JSON.parse(committed)).toEqual(scenarioSchema);
  });

  it('is a valid schema, strictly read', () => {
    const ajv = new Ajv2020({
      strict: true,
      allowUnionTypes: true,
      strictRequired: false,
      strictTypes: false,
    });
    expect(ajv.validateSchema(scenarioSchema)).toBe(true);
    expect(() => ajv.compile(scenarioSchema)).not.toThrow();
  });

  it.each(keys.filter(([, part]) => part.$ref === undefined))('describes %s for editors', (_, part) => {
    expect(part.description).toMatch(/^[A-Z].*\.$/s);
  });

  it.each(keys.filter(([, part]) => part.type === 'string'))(
    'has an example for %s that fits it',
    (_, part) => {
      const validate = new Ajv2020().compile(part as Record<string, unknown>);
      const examples = [...(part.examples ?? []), ...('default' in part ? [part.default] : [])];
      expect(examples.length).toBeGreaterThan(0);
      expect(examples.filter((example) => !validate(example))).toEqual([]);
    },
  );

  it.each(Object.entries(defaultTimeouts))('tells the default timeout of %s', (kind, timeout) => {
    const steps = scenarioSchema.$defs.steps as unknown as { readonly items: Part };
    expect(JSON.stringify(steps.items.properties?.[kind])).toContain(timeout);
  });
});
