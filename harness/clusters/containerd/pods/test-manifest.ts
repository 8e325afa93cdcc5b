import { load } from 'js-yaml';
import type { Manifest } from '../../../domain/manifest.js';

/** A Pod of the specification that the YAML text has, at a fixed place of a file. */
export const podOf = (name: string, spec: string): Manifest => ({
  file: 'pods.yaml',
  kind: 'Pod',
  name,
  object: { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: load(spec) },
  position: (path) => ({ line: path.length + 1, column: 1 }),
});
