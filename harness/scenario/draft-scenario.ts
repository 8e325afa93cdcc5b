import type { ExpressionChecker } from '../domain/expression-checker.js';
import type { WorldDraft } from './world-draft.js';
import type { RawControl, RawScenario, Written } from './written-scenario.js';
import type { YamlDocument } from './yaml-document.js';

/** A scenario file with all that belongs to it read, before anything is known to be right. */
export interface ScenarioDraft {
  readonly document: YamlDocument;
  readonly raw: Written<RawScenario>;
  readonly world: WorldDraft;
  readonly controls: readonly ControlDraft[];
  readonly checker: ExpressionChecker;
}

export interface ControlDraft {
  readonly raw: Written<RawControl>;
  readonly world: WorldDraft;
}

/** The names that the steps of a world make, in order. */
export interface MadeName {
  readonly kind: 'observation' | 'probe';
  readonly name: string;
  readonly path: readonly (string | number)[];
  /** The index of the step in the draft's list. */
  readonly step: number;
}

export const madeNames = (world: WorldDraft): readonly MadeName[] =>
  world.steps.list.flatMap(({ raw, path }, step): readonly MadeName[] => {
    if (raw.observe !== undefined) {
      return [{ kind: 'observation', name: raw.observe, path: [...path, 'observe'], step }];
    }
    return raw.probe?.name === undefined
      ? []
      : [{ kind: 'probe', name: raw.probe.name, path: [...path, 'probe', 'name'], step }];
  });

/** All worlds of a draft, the scenario's own first. */
export const allWorlds = (draft: ScenarioDraft): readonly WorldDraft[] => [
  draft.world,
  ...draft.controls.map((control) => control.world),
];
