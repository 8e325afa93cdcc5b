import type { DocumentPath } from '../domain/manifest.js';
import type { Problem } from '../domain/problem.js';
import { allWorlds, type ScenarioDraft } from './draft-scenario.js';
import { pathText } from './wording.js';
import { states, type StepDraft, type WorldDraft } from './world-draft.js';
import { missingPod, podsOf } from './world-pods.js';

/** Steps that name a pod, a container or an object that no manifest of their world has. */
export const checkPods = (draft: ScenarioDraft): readonly Problem[] =>
  allWorlds(draft).flatMap((world) =>
    world.steps.list.flatMap((step) => {
      if (states(world, 'steps')) {
        return missingIn(world, step).map(({ path, message }) => draft.document.problem(path, message));
      }
      // What does not fit the scenario either was said there.
      if (!states(world, 'manifests') || missingIn(draft.world, step).length > 0) return [];
      const where = `\`${pathText(step.path)}\`, which this control takes from the scenario, does not fit it`;
      return missingIn(world, step).map(({ message }) =>
        draft.document.problem(world.at, `${where}: ${message}`),
      );
    }),
  );

interface Missing {
  readonly path: DocumentPath;
  readonly message: string;
}

const missingIn = (world: WorldDraft, step: StepDraft): readonly Missing[] => {
  const { raw, path } = step;
  const pods = podsOf(world);
  const named = (at: DocumentPath, pod?: string, container?: string, podKey = 'pod'): readonly Missing[] => {
    const missing = pod === undefined ? undefined : missingPod(pods, pod, container);
    if (missing === undefined) return [];
    return [{ path: [...at, missing.which === 'pod' ? podKey : 'container'], message: missing.message }];
  };
  const place = raw.probe?.in;
  const inside = [...path, 'probe', 'in'];
  return [
    ...named(inside, place?.pod, place?.container),
    ...named(inside, place?.netns, undefined, 'netns'),
    ...named(inside, nodeOf(place?.node ?? ''), undefined, 'node'),
    ...named([...path, 'kill'], raw.kill?.pod, raw.kill?.container),
    ...named([...path, 'restart'], raw.restart?.pod, raw.restart?.container),
    ...named([...path, 'delete'], raw.delete?.pod),
    ...missingTargets(world, step),
  ];
};

/** The pod of `POD's node`; undefined for a node's own name. */
export const nodeOf = (node: string): string | undefined => /^(.+)'s node$/.exec(node)?.[1];

/** What a `delete` names by its kind, or by its file, that nothing in the world makes. */
const missingTargets = (world: WorldDraft, { raw, path, deleted }: StepDraft): readonly Missing[] => {
  if (podsOf(world).open) return [];
  const { kind, name } = raw.delete ?? {};
  const named = kind === undefined || name === undefined ? [] : [{ kind, name }];
  const made = [world.manifests, ...world.steps.list.map((step) => step.applied)].flatMap(
    (list) => list.manifests,
  );
  return [...named, ...deleted.manifests]
    .filter((target) => !made.some((each) => each.kind === target.kind && each.name === target.name))
    .map((target) => ({
      path: [...path, 'delete', named.length > 0 ? 'name' : 'manifests'],
      message: `no manifest of this world has the ${target.kind} \`${target.name}\``,
    }));
};
