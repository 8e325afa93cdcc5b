import { expandVariables } from './expand-variables.js';
import { readFieldRef, type PodFields } from './field-ref.js';
import type { PodContainer } from './pod-manifest.js';

/** A container's own variables, by name; each may refer to those before it. */
export const environmentOf = ({ env = [] }: PodContainer, fields: PodFields): ReadonlyMap<string, string> => {
  const variables = new Map<string, string>();
  for (const { name, value, valueFrom } of env) {
    const path = valueFrom?.fieldRef?.fieldPath;
    variables.set(
      name,
      path === undefined ? expandVariables(value ?? '', variables) : readFieldRef(path, fields),
    );
  }
  return variables;
};
