import { manifestList } from './manifest-schema.js';
import { celExpression, celName, containerName, described, duration, podName } from './schema-strings.js';
import type { JsonSchema } from './schema-strings.js';
import { defaultTimeouts } from './timeouts.js';

const timeout = (kind: keyof typeof defaultTimeouts, what: string): JsonSchema => ({
  ...described(duration, `${what} Default: ${defaultTimeouts[kind]}.`, '30s', '2m'),
  default: defaultTimeouts[kind],
});

const pod = described(podName, 'The name of a pod of this world.', 'web');
const container = described(containerName, 'The name of a container of that pod.', 'nginx');

const probePlace: JsonSchema = {
  type: 'object',
  description:
    'Where the command runs: in a container (`pod` and `container`), with the tools of the node inside the network namespace of a pod (`netns`), or on a node (`node`).',
  additionalProperties: false,
  properties: {
    pod,
    container,
    netns: described(
      podName,
      "The name of a pod: the node's own tools run in its network namespace, so the image needs none.",
      'web',
    ),
    node: {
      type: 'string',
      title: "a node's name, or POD's node",
      minLength: 1,
      description: "The name of a node, or `POD's node` for the node that the pod is on.",
      examples: ["web's node", 'node-1'],
    },
  },
  oneOf: [
    { required: ['pod', 'container'], maxProperties: 2 },
    { required: ['netns'], maxProperties: 1 },
    { required: ['node'], maxProperties: 1 },
  ],
  examples: [{ pod: 'web', container: 'nginx' }, { netns: 'web' }, { node: "web's node" }],
};

const probe: JsonSchema = {
  type: 'object',
  description:
    'Runs a command and keeps its result as `probes.NAME` with stdout, stderr, exitCode and json. An exit code is a result, unless the command broke; a command that could not be started, or ran out of time, has none.',
  additionalProperties: false,
  required: ['name', 'in'],
  properties: {
    name: described(celName, 'The name of the result in CEL: probes.NAME.', 'fetch'),
    in: probePlace,
    env: {
      type: 'object',
      title: 'variables and their CEL expressions',
      description:
        'Variables of the command. Each is a CEL expression over what was observed and probed before; `pods`, `nodes` and `cluster` mean the last observation.',
      propertyNames: { pattern: '^[A-Za-z_][A-Za-z0-9_]*$' },
      additionalProperties: celExpression,
      examples: [{ SERVER: 'pods.server.ips[0]' }],
    },
    run: {
      type: 'array',
      title: 'a list of arguments such as [ip, -json, link]',
      description: 'The command and its arguments; no shell is involved.',
      minItems: 1,
      items: { type: 'string', title: 'a string (put numbers in quotes)' },
      examples: [['wget', '-qO-', 'http://127.0.0.1']],
    },
    sh: {
      type: 'string',
      title: 'a shell line',
      pattern: '\\S',
      description: 'A line for `sh -c`, instead of `run`.',
      examples: ['ip -json link | wc -l'],
    },
    reads: {
      type: 'boolean',
      description:
        'Of a probe on a node: whether the command only reads. A world that changes nodes shares them with no other, which takes longer; `true` says that this command changes nothing, `false` that it does.',
      examples: [true],
    },
    anyExit: {
      const: true,
      title: 'true',
      description:
        'Let the exit code and the output count however the command ended. Without it they are unknown when a signal ended the command (128 + N), when it could not be executed (126) or found (127), and when it printed its usage and failed.',
      examples: [true],
    },
    timeout: timeout('probe', 'How long the command may take.'),
  },
  oneOf: [{ required: ['run'] }, { required: ['sh'] }],
};

const apply: JsonSchema = {
  type: 'object',
  description: 'Applies more manifests and waits until all of them are ready.',
  additionalProperties: false,
  required: ['manifests'],
  properties: {
    manifests: { ...manifestList, minItems: 1 },
    timeout: timeout('apply', 'How long applying and getting ready may take.'),
  },
};

const deletion: JsonSchema = {
  type: 'object',
  description:
    'Deletes a pod (`pod`), another object (`kind` and `name`), or all objects of files (`manifests`), and waits until they are gone.',
  additionalProperties: false,
  properties: {
    pod,
    kind: {
      type: 'string',
      minLength: 1,
      title: 'a kind such as Pod',
      description: 'The kind of the object.',
      examples: ['Pod', 'Service'],
    },
    name: described({ ...podName, title: "an object's name" }, 'The metadata.name of the object.', 'web'),
    manifests: { ...manifestList, minItems: 1 },
    timeout: timeout('delete', 'How long the deletion may take.'),
  },
  oneOf: [
    {
      required: ['pod'],
      not: { anyOf: [{ required: ['kind'] }, { required: ['name'] }, { required: ['manifests'] }] },
    },
    { required: ['kind', 'name'], not: { anyOf: [{ required: ['pod'] }, { required: ['manifests'] }] } },
    {
      required: ['manifests'],
      not: { anyOf: [{ required: ['pod'] }, { required: ['kind'] }, { required: ['name'] }] },
    },
  ],
};

const kill: JsonSchema = {
  type: 'object',
  description:
    'Sends SIGKILL to the first process of a container (`container`), or to the pause process of the pod (`sandbox: true`). Does not wait for a successor: use `wait`.',
  additionalProperties: false,
  required: ['pod'],
  properties: {
    pod,
    container,
    sandbox: { const: true, description: "Kill the pod sandbox's pause process.", examples: [true] },
    timeout: timeout('kill', 'How long the kill may take.'),
  },
  oneOf: [{ required: ['container'] }, { required: ['sandbox'] }],
};

const restart: JsonSchema = {
  type: 'object',
  description: 'Stops a container and waits until its successor runs.',
  additionalProperties: false,
  required: ['pod', 'container'],
  properties: { pod, container, timeout: timeout('restart', 'How long stopping and starting may take.') },
};

const reconfigure: JsonSchema = {
  type: 'object',
  description:
    "Changes the network's first CNI plugin on every node: fields of its configuration (`set`), or the program itself (`plugin`). It is for pods that are made or deleted from then on; what was is put back when the world is removed. The scenario `requires` changeable-network.",
  additionalProperties: false,
  properties: {
    set: {
      type: 'object',
      description: 'Fields of the CNI configuration, as the plugin knows them.',
      minProperties: 1,
      propertyNames: {
        title: 'a field of the plugin, and none that names or addresses the network',
        not: { enum: ['type', 'name', 'ipam'] },
      },
      examples: [{ mtu: 1400 }],
    },
    plugin: {
      type: 'string',
      title: "a program's path",
      minLength: 1,
      description:
        "A new build of the plugin: the path of a program relative to this file, which takes the place of the plugin's on the nodes. The one that it replaces stands beside it meanwhile, with `.before@` and the process of netclaims after its name.",
      examples: ['../build/my-plugin'],
    },
    timeout: timeout('reconfigure', 'How long it may take until the runtime has read it.'),
  },
  oneOf: [{ required: ['set'] }, { required: ['plugin'] }],
};

const wait: JsonSchema = {
  type: 'object',
  description:
    'Waits until a condition over fresh facts is true. This is the only thing that is tried again; an expectation never is.',
  additionalProperties: false,
  required: ['until'],
  properties: {
    until: described(
      celExpression,
      'A CEL expression over fresh facts (`pods`, `nodes`, `cluster`) and what was observed and probed before.',
      'pods.web.containers.nginx.restarts == 1',
    ),
    for: described(duration, 'How long it must then stay true. Default: it must be true once.', '5s'),
    timeout: timeout(
      'wait',
      'How long to wait at most, to which the time of `for` is added when this is not stated.',
    ),
  },
};

const repeat: JsonSchema = {
  type: 'object',
  description: 'Runs steps several times. Of observations and probes made in it, the last round is kept.',
  additionalProperties: false,
  required: ['times', 'steps'],
  properties: {
    times: { type: 'integer', minimum: 1, maximum: 1000, description: 'How many rounds.', examples: [10] },
    steps: { $ref: '#/$defs/steps' },
    timeout: described(
      duration,
      'How long all rounds together may take. Default: the timeouts of all steps in all rounds.',
      '5m',
    ),
  },
};

/** The steps of a world, in order. */
export const stepList: JsonSchema = {
  type: 'array',
  minItems: 1,
  description: 'What is done, in order. Each item has exactly one key, which names the kind of step.',
  items: {
    type: 'object',
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 1,
    properties: {
      observe: described(
        celName,
        `Takes a snapshot of all facts under this name, which is then a name in CEL: NAME.pods. Takes at most ${defaultTimeouts.observe}.`,
        'now',
        'before',
        'after',
      ),
      probe,
      apply,
      delete: deletion,
      kill,
      restart,
      reconfigure,
      wait,
      repeat,
    },
  },
};
