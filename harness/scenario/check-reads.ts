import type { Problem } from '../domain/problem.js';
import { allWorlds, type ScenarioDraft } from './draft-scenario.js';
import { states } from './world-draft.js';

/** Only a probe on a node can say that it does no more than read. */
export const checkReads = (draft: ScenarioDraft): readonly Problem[] =>
  allWorlds(draft)
    .filter((world) => states(world, 'steps'))
    .flatMap((world) => world.steps.list)
    .filter(
      ({ raw: { probe } }) => probe?.reads !== undefined && probe.in !== undefined && !('node' in probe.in),
    )
    .map(({ path }) =>
      draft.document.problem(
        [...path, 'probe', 'reads'],
        '`reads` is for probes on a node (`in: {node: …}`); a probe in a pod changes no node',
        'key',
      ),
    );
