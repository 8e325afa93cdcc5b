import type { JsonSchema } from './schema-strings.js';

/** `manifests` of a scenario, a control or an `apply` step. */
export const manifestList: JsonSchema = {
  type: 'array',
  description:
    'Kubernetes objects: paths of manifest files (YAML or JSON, several documents allowed) relative to this file, or objects written here. ' +
    'They have no metadata.namespace: each world gets a namespace of its own.',
  items: {
    type: ['string', 'object'],
    title: 'the path of a manifest file, or an object',
    minLength: 1,
  },
  examples: [['../manifests/web.yaml']],
};
