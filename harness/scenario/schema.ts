import { manifestList } from './manifest-schema.js';
import { celExpression, celName, described, kebabName, sentence, type JsonSchema } from './schema-strings.js';
import { stepList } from './step-schema.js';

/** What `requires` can name; `nodes>=N` beside these. */
export const capabilities = [
  'kubernetes',
  'services',
  'dns',
  'network-policy',
  'own-nodes',
  'changeable-network',
  'veth',
  'host-local',
  'host-ports',
  'bandwidth',
  'described-network',
  'ipv4',
  'ipv6',
  'dual-stack',
] as const;

const letEntries: JsonSchema = {
  type: 'object',
  description:
    'Names for CEL expressions, evaluated against the observation at hand: with `nginx: pods.nginx`, write `nginx`, or `before.nginx` for the observation `before`. An entry may use those above it.',
  propertyNames: celName,
  additionalProperties: described(celExpression, 'A CEL expression.', 'pods.web.containers.nginx'),
  examples: [{ p1: 'pods["shared-namespace"].containers.p1' }],
};

const steps: JsonSchema = { $ref: '#/$defs/steps' };

const expectation: JsonSchema = {
  type: 'object',
  description: 'One falsifiable part of the claim.',
  additionalProperties: false,
  required: ['id', 'says', 'that'],
  properties: {
    id: described(kebabName, 'Its name, which `refutes` of a control uses.', 'same-netns'),
    says: described(sentence, 'What it says, as one sentence.', 'p1 and p2 are in one network namespace.'),
    that: described(
      celExpression,
      'A CEL expression that is true when it holds, over the last observation (`pods`, `nodes`, `cluster`), every observation by its name, `probes` and the `let` names.',
      'p1.netns.inode == p2.netns.inode',
    ),
  },
};

const control: JsonSchema = {
  type: 'object',
  description:
    'A world in which expectations must be refuted; it proves that they are able to fail. What it does not state of manifests, let and steps, it takes from the scenario.',
  additionalProperties: false,
  required: ['name', 'refutes'],
  properties: {
    name: described(sentence, 'What is different in this world.', 'the same two containers in two pods'),
    refutes: {
      type: 'array',
      description: 'The ids of the expectations that must be refuted in this world.',
      minItems: 1,
      items: { ...kebabName, title: "an expectation's id" },
      examples: [['same-netns']],
    },
    manifests: manifestList,
    let: letEntries,
    steps,
  },
};

const spec: JsonSchema = {
  type: 'object',
  description: 'The claim, and how it is checked.',
  additionalProperties: false,
  required: ['claim', 'steps', 'expect'],
  properties: {
    claim: described(
      sentence,
      'The sentence under test.',
      'Containers within a pod share the same network namespace.',
    ),
    source: {
      type: 'object',
      description: 'Where the claim comes from.',
      additionalProperties: false,
      required: ['document'],
      properties: {
        document: described(sentence, 'The document.', 'kubernetes-networking-cni-explained'),
        section: described(sentence, 'The section of it.', 'Demonstrating Network Namespaces'),
        quote: described(
          sentence,
          "The document's own words, which `netclaims tutorial check` looks for.",
          'Containers share one network namespace.',
        ),
      },
    },
    requires: {
      type: 'array',
      description: 'What the cluster must be able to do; on one that is not, the scenario is not-applicable.',
      items: {
        type: 'string',
        title: `one of: ${capabilities.join(', ')}, nodes>=N`,
        anyOf: [{ enum: capabilities }, { pattern: '^nodes>=[1-9][0-9]{0,3}$' }],
      },
      examples: [['veth', 'nodes>=2']],
    },
    manifests: manifestList,
    let: letEntries,
    steps,
    expect: {
      type: 'array',
      minItems: 1,
      description: 'What must be true, part by part.',
      items: expectation,
    },
    controls: {
      type: 'array',
      description:
        'The worlds that refute. An expectation that no control refutes is marked as uncontrolled.',
      items: control,
    },
  },
};

/** The JSON Schema of scenario files, for `netclaims schema`, editors and loading. */
export const scenarioSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'netclaims scenario',
  description: 'A networking claim and how to check it (netclaims.dev/v1).',
  type: 'object',
  additionalProperties: false,
  required: ['apiVersion', 'kind', 'metadata', 'spec'],
  properties: {
    apiVersion: { const: 'netclaims.dev/v1', description: 'The version of this format.' },
    kind: { const: 'Scenario', description: 'What this file is.' },
    metadata: {
      type: 'object',
      description: 'The name and the labels.',
      additionalProperties: false,
      required: ['name'],
      properties: {
        name: described(
          kebabName,
          "Unique among the scenarios, and the file's name without its extension.",
          'shared-namespace',
        ),
        labels: {
          type: 'object',
          description: 'For --selector.',
          additionalProperties: { type: 'string', title: 'a string (put numbers in quotes)' },
          examples: [{ topic: 'network-namespaces' }],
        },
      },
    },
    spec,
  },
  $defs: { steps: stepList },
} as const satisfies JsonSchema;

/** The bytes of schema/scenario.schema.json. */
export const scenarioSchemaText = (): string => `${JSON.stringify(scenarioSchema, null, 2)}\n`;
