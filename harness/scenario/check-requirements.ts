import type { Problem } from '../domain/problem.js';
import { allWorlds, type ScenarioDraft } from './draft-scenario.js';
import { states } from './world-draft.js';

/** What changes the network changes it for everybody: such a scenario has to say so, so that it is run alone. */
export const checkRequirements = (draft: ScenarioDraft): readonly Problem[] => {
  if (draft.raw.spec?.requires?.includes('changeable-network') === true) return [];
  return allWorlds(draft)
    .filter((world) => states(world, 'steps'))
    .flatMap((world) => world.steps.list)
    .filter(({ raw }) => 'reconfigure' in raw)
    .map(({ path }) =>
      draft.document.problem(
        [...path, 'reconfigure'],
        'a scenario with `reconfigure` must say so: add changeable-network to `spec.requires`',
        'key',
      ),
    );
};
