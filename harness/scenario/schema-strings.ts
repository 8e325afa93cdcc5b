import { durationPattern } from '../domain/duration.js';

/** A part of a JSON Schema. A `title` completes the sentence "must be …" in messages. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Kubernetes' DNS-1123 label. */
export const labelPattern = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$';

/** Kubernetes' DNS-1123 subdomain, which most objects' names are. */
export const subdomainPattern = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$';

export const kebabName: JsonSchema = {
  type: 'string',
  title: 'a name of at most 63 lower-case letters, digits and hyphens',
  pattern: labelPattern,
  maxLength: 63,
};

/** An identifier of CEL. */
export const celNamePattern = /^(?!__)[A-Za-z_][A-Za-z0-9_]*$/;

export const celName: JsonSchema = {
  type: 'string',
  title: 'a name as CEL has them: letters, digits and _, not beginning with a digit or __',
  pattern: celNamePattern.source,
};

export const sentence: JsonSchema = { type: 'string', title: 'a text', pattern: '\\S' };

export const celExpression: JsonSchema = { type: 'string', title: 'a CEL expression', pattern: '\\S' };

export const duration: JsonSchema = {
  type: 'string',
  title: 'a duration such as 500ms, 30s, 2m or 1m30s',
  pattern: durationPattern,
};

export const podName: JsonSchema = {
  type: 'string',
  title: "a pod's name",
  pattern: subdomainPattern,
  maxLength: 253,
};

export const containerName: JsonSchema = {
  type: 'string',
  title: "a container's name",
  pattern: labelPattern,
  maxLength: 63,
};

/** The same schema with what an editor shows for it in this place. */
export const described = (schema: JsonSchema, description: string, ...examples: unknown[]): JsonSchema => ({
  ...schema,
  description,
  ...(examples.length === 0 ? {} : { examples }),
});
