import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { DocumentPath } from '../domain/manifest.js';
import type { Problem } from '../domain/problem.js';
import { nearestName } from '../domain/nearest-name.js';
import { scenarioSchema } from './schema.js';
import { butIs, pathText } from './wording.js';
import type { Part, YamlDocument } from './yaml-document.js';

/** What the schema finds wrong in a document. */
export interface SchemaProblems {
  readonly problems: readonly Problem[];
  /** The paths (as JSON pointers) of values that are not what they must be; nothing may be read from them. */
  readonly unusable: ReadonlySet<string>;
}

export const schemaProblems = (document: YamlDocument): SchemaProblems => {
  const validate = validator();
  validate(document.value);
  const errors = (validate.errors ?? []).filter(isOwn);
  const problems = errors.flatMap((error) => {
    const path = pathOf(document.value, error.instancePath);
    const said = sentenceFor(error, errors, path);
    return said === undefined
      ? []
      : [document.problem([...path, ...(said.below ?? [])], said.message, said.part)];
  });
  const unusable = errors.filter(({ keyword }) => aboutValue.has(keyword)).map((error) => error.instancePath);
  return { problems: unique(problems), unusable: new Set(unusable) };
};

let compiled: ValidateFunction | undefined;

const validator = (): ValidateFunction =>
  (compiled ??= new Ajv2020({
    allErrors: true,
    verbose: true,
    // A test compiles the schema strictly; here that would cost more time than loading takes.
    strict: false,
    meta: false,
    validateSchema: false,
    code: { optimize: false },
  }).compile(scenarioSchema));

/** Keywords that judge a value as such; the others judge which keys an object has. */
const aboutValue = new Set([
  'type',
  'pattern',
  'minLength',
  'maxLength',
  'const',
  'minimum',
  'maximum',
  'anyOf',
]);

/** Leaves out what an alternative or a nested check says on the way to the error that counts. */
const isOwn = (error: ErrorObject): boolean =>
  error.propertyName === undefined && !/\/(oneOf|anyOf)\/\d+\/|\/not$/.test(error.schemaPath);

interface Said {
  readonly message: string;
  readonly part: Part;
  /** From the object that the error is about to the offending key. */
  readonly below?: DocumentPath;
}

const sentenceFor = (
  error: ErrorObject,
  all: readonly ErrorObject[],
  path: DocumentPath,
): Said | undefined => {
  const where = path.length === 0 ? 'the scenario' : `\`${pathText(path)}\``;
  const schema = error.parentSchema as SchemaPart;
  const misspelt = all.filter((other) => other.keyword === 'additionalProperties' && isSame(other, error));
  switch (error.keyword) {
    case 'additionalProperties': {
      const { additionalProperty: key } = error.params as { readonly additionalProperty: string };
      return { message: unknownKey(key, where, schema), part: 'key', below: [key] };
    }
    case 'required': {
      const { missingProperty: key } = error.params as { readonly missingProperty: string };
      // A misspelt key has been reported as such.
      if (misspelt.some((other) => meant(other) === key)) return undefined;
      return { message: `${where} must have the key \`${key}\``, part: 'key' };
    }
    case 'minProperties':
    case 'maxProperties':
      if (misspelt.length > 0) return undefined;
      if (schema.properties === undefined) return { message: `${where} must not be empty`, part: 'key' };
      return {
        message: `${where} must have exactly one of: ${Object.keys(schema.properties ?? {}).join(', ')}`,
        part: 'value',
      };
    case 'oneOf':
      if (misspelt.length > 0 || all.some((other) => other.keyword === 'type' && isSame(other, error))) {
        return undefined;
      }
      return { message: `${where} must have exactly one of: ${alternatives(schema)}`, part: 'key' };
    case 'propertyNames': {
      const { propertyName: key } = error.params as { readonly propertyName: string };
      const { title = 'a valid name' } = schema.propertyNames ?? {};
      return {
        message: `${where} has the key ${JSON.stringify(key)}, which must be ${title}`,
        part: 'key',
        below: [key],
      };
    }
    case 'minItems':
      return { message: `${where} must not be empty`, part: 'key' };
    case 'minimum':
    case 'maximum':
      return {
        message: `${where} must be from ${schema.minimum ?? 0} to ${schema.maximum ?? Infinity}, not ${String(error.data)}`,
        part: 'value',
      };
    case 'const':
      return { message: `${where} must be ${String(schema.const)}${butIs(error.data)}`, part: 'value' };
    default:
      return {
        message: `${where} must be ${schema.title ?? typeText(schema.type)}${butIs(error.data)}`,
        part: 'value',
      };
  }
};

/** Whether two errors are about one value. */
const isSame = (a: ErrorObject, b: ErrorObject): boolean => a.instancePath === b.instancePath;

/** The keywords of our own schema that messages are made from. */
interface SchemaPart {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly propertyNames?: SchemaPart;
  readonly oneOf?: readonly { readonly required: readonly string[] }[];
}

const unknownKey = (key: string, where: string, schema: SchemaPart): string => {
  const known = Object.keys(schema.properties ?? {});
  const near = nearestName(key, known);
  return `${where} has no key \`${key}\`; ${near === undefined ? `it may have: ${known.join(', ')}` : `did you mean \`${near}\`?`}`;
};

const meant = (error: ErrorObject): string | undefined =>
  nearestName(
    (error.params as { readonly additionalProperty: string }).additionalProperty,
    Object.keys((error.parentSchema as SchemaPart).properties ?? {}),
  );

const alternatives = (schema: SchemaPart): string =>
  (schema.oneOf ?? []).map(({ required }) => required.join(' and ')).join(', ');

const typeText = (type: SchemaPart['type']): string => {
  switch (type) {
    case 'array':
      return 'a list';
    case 'object':
      return 'a mapping of keys to values';
    case 'integer':
      return 'a whole number';
    default:
      return 'a string';
  }
};

/** The path that a JSON pointer of Ajv's names in a value. */
const pathOf = (value: unknown, pointer: string): DocumentPath => {
  let current = value;
  return pointer
    .split('/')
    .slice(1)
    .map((escaped) => {
      const key = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
      const segment = Array.isArray(current) ? Number(key) : key;
      current = (current as Readonly<Record<string, unknown>>)[key];
      return segment;
    });
};

/** One object can break two rules that are told in the same words. */
const unique = (problems: readonly Problem[]): readonly Problem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
];
