import type { Manifest } from '../../../domain/manifest.js';
import type { Problem } from '../../../domain/problem.js';
import { checkShape, type Misfit } from './check-shape.js';
import { readPod } from './pod-manifest.js';
import { checkRules, type PodAbilities } from './pod-rules.js';
import { podShape } from './pod-shape.js';

/** Whether a manifest is of the one kind that this cluster has. */
export const isPod = ({ kind, object }: Manifest): boolean => kind === 'Pod' && object.apiVersion === 'v1';

/** Everything in a Pod manifest that this cluster cannot do or does not understand, each where its key stands. */
export const podRefusals = (manifest: Manifest, abilities: PodAbilities): readonly Problem[] => {
  const misfits = checkShape(manifest.object, podShape);
  // The rules rely on the types of the fields.
  const all = misfits.length > 0 ? misfits : checkRules(readPod(manifest), abilities);
  return all.map((misfit) => problemOf(manifest, misfit));
};

const problemOf = (manifest: Manifest, { path, part, message }: Misfit): Problem => ({
  file: manifest.file,
  ...manifest.position(path, part),
  message,
  severity: 'error',
});
