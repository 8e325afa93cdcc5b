import { verdicts } from '../harness/domain/verdict.js';

const text = { type: 'string', minLength: 1 };
const texts = { type: 'array', minItems: 1, items: text };
const oneOrMany = (item: object) => ({ anyOf: [item, { type: 'array', minItems: 1, items: item }] });

const object = (required: readonly string[], properties: Readonly<Record<string, object>>): object => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});

/** A run that need not end in some way would be a case that cannot fail, so `exit` is required. */
const expectSchema = object(['exit'], {
  exit: oneOrMany({
    anyOf: [
      { type: 'integer', minimum: 0, maximum: 255 },
      { type: 'string', pattern: '^SIG[A-Z0-9]+$' },
    ],
  }),
  verdicts: { type: 'object', minProperties: 1, additionalProperties: oneOrMany({ enum: verdicts }) },
  report: text,
  says: texts,
  never: texts,
  seconds: { type: 'number', exclusiveMinimum: 0 },
  memoryMiB: { type: 'number', exclusiveMinimum: 0 },
});

const moment = {
  oneOf: [
    object(['stdout'], { stdout: text }),
    object(['stderr'], { stderr: text }),
    object(['process'], { process: text, anywhere: { type: 'boolean' } }),
    object(['file'], { file: text }),
  ],
};

const meanwhile = {
  oneOf: [
    object(['when', 'signal', 'to'], {
      when: moment,
      signal: { type: 'string', pattern: '^[A-Z0-9]+$' },
      to: text,
    }),
    object(['when', 'close'], { when: moment, close: { enum: ['stdout', 'stderr', 'terminal'] } }),
    object(['when', 'bash'], { when: moment, bash: text, arguments: texts }),
  ],
};

const stream = { enum: ['read', 'closed', 'full'] };

const netclaims = object(['netclaims', 'expect'], {
  netclaims: text,
  environment: { type: 'object', minProperties: 1, additionalProperties: { type: 'string' } },
  stdout: stream,
  stderr: stream,
  terminal: { type: 'boolean' },
  ulimit: text,
  meanwhile: { type: 'array', minItems: 1, items: meanwhile },
  expect: expectSchema,
});

const step = {
  oneOf: [
    netclaims,
    object(['bash'], { bash: text, arguments: texts, seconds: { type: 'number' } }),
    object(['serve', 'until'], { serve: text, arguments: texts, until: text }),
    object(['atOnce'], { atOnce: { type: 'array', minItems: 2, items: netclaims } }),
  ],
};

/** The JSON Schema of case.yaml. At least one step runs netclaims: a case that expects nothing is refused. */
export const caseSchema = (grounds: readonly string[]): object =>
  object(['attacks', 'because', 'needs', 'steps'], {
    attacks: text,
    because: text,
    needs: { enum: grounds },
    alone: { type: 'boolean' },
    cache: { enum: ['shared', 'own'] },
    steps: {
      type: 'array',
      items: step,
      contains: { type: 'object', anyOf: [{ required: ['netclaims'] }, { required: ['atOnce'] }] },
    },
    finally: { type: 'array', minItems: 1, items: step },
  });
