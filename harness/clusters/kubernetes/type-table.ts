import * as models from '@kubernetes/client-node';

interface Field {
  readonly baseName: string;
  readonly type: string;
  readonly format: string;
}

/** The kinds that lint knows the fields of: those that make pods, and those that stand beside them most. */
const roots = [
  ...['Pod', 'PodTemplate', 'ReplicationController', 'Deployment', 'DaemonSet', 'StatefulSet', 'ReplicaSet'],
  ...['Job', 'CronJob', 'Service', 'ConfigMap', 'Secret', 'NetworkPolicy'],
];

/** What only a server writes. */
const unread = /Status$|Condition$|ManagedFieldsEntry$|OwnerReference$/;

/** scenario/kubernetes-types.ts: the fields of Kubernetes' types and their types, from the client's own description of them. */
export const typeTableText = (): string => {
  const found = new Map<string, string>();
  const waiting = roots.map((kind) => `V1${kind}`);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const short = shortName(name);
    if (found.has(short)) continue;
    const fields = fieldsOf(name).filter(({ type }) => !unread.test(type.replace(/>$/, '')));
    found.set(short, fields.map((field) => `${field.baseName}:${typeText(field)}`).join(' '));
    waiting.push(...fields.flatMap(({ type }) => /\b(?:Core)?V[0-9]\w+/.exec(type)?.[0] ?? []));
  }
  const lines = [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, fields]) => `  ${name}: '${fields}',`)
    // As Prettier breaks lines.
    .map((line) => (line.length <= 110 ? line : line.replace(': ', ':\n    ')));
  return `// Made by \`npm run generate\` from the Kubernetes client's description of its types.

/** The fields of Kubernetes' types: \`name:type\`; \`[T]\` is a list of T, \`{T}\` a map to T. */
export const kubernetesTypes: Readonly<Record<string, string>> = {
${lines.join('\n')}
};
`;
};

const fieldsOf = (name: string): readonly Field[] => {
  const model: unknown = Reflect.get(models, name);
  return (model as { readonly attributeTypeMap: readonly Field[] }).attributeTypeMap;
};

const shortName = (name: string): string => name.replace(/^(?:Core)?V[0-9](?:(?:alpha|beta)[0-9])?/, '');

const typeText = ({ type, format }: Field): string => {
  const [, item] = /^Array<(.*)>$/.exec(type) ?? [];
  if (item !== undefined) return `[${typeText({ baseName: '', type: item, format })}]`;
  const [, value] = /^\{ \[key: string\]: (.*); \}$/.exec(type) ?? [];
  if (value !== undefined) return `{${typeText({ baseName: '', type: value, format })}}`;
  if (type === 'number') return format.startsWith('int') ? 'integer' : 'number';
  return /V[0-9]/.test(type) ? shortName(type) : type;
};
