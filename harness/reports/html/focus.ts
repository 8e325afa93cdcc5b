import type { ExpectationReport } from '../../domain/report.js';
import type { WorldReport } from '../../domain/world-report.js';
import { factPaths, type FactPath } from '../topology/fact-paths.js';
import { mentioned } from '../topology/mentioned.js';
import { evidenceId } from './evidence.js';
import type { Scene } from './scene.js';

/** What an expectation talks about in the scenes of its world. */
export interface Focus {
  /** `SCENE:NUMBER`, the number being that of a thing in the dictionary of the scenario. */
  readonly things: readonly string[];
  /** The evidence of the facts that it reads, as ids of the page. */
  readonly evidence: readonly { readonly id: string; readonly command: string }[];
}

const mostEvidence = 8;

export const focusOf = (
  { that, values }: ExpectationReport,
  world: WorldReport,
  scenes: readonly Scene[],
  numberOf: (thing: string) => number,
): Focus => {
  const names = scenes.map(({ observation }) => observation.name);
  const expressions = [that, ...values.map(({ expression }) => expression)];
  const paths = factPaths(expressions, { let: world.let, observations: names });
  const of = (scene: Scene): readonly FactPath[] =>
    // Without a name an expression means the last observation.
    paths.filter(({ observation }) => (observation ?? names.at(-1)) === scene.observation.name);
  const things = scenes.flatMap((scene, index) =>
    mentioned(of(scene), scene.topology).map((id) => `${index}:${numberOf(id)}`),
  );
  const evidence = scenes.flatMap((scene) => {
    const { sources, evidence: commands } = scene.observation;
    const indices = of(scene).flatMap(({ steps }) => sourceOf(steps, sources) ?? []);
    return [...new Set(indices)].flatMap((index) => {
      const command = commands[index];
      return command === undefined
        ? []
        : [{ id: evidenceId(scene.id, index), command: command.argv.join(' ') }];
    });
  });
  return { things, evidence: evidence.slice(0, mostEvidence) };
};

/** The evidence of a fact, or of the nearest that it lies below. */
const sourceOf = (
  steps: readonly string[],
  sources: Readonly<Record<string, number>>,
): number | undefined => {
  for (let length = steps.length; length > 0; length -= 1) {
    const path = steps.slice(0, length).join('.');
    if (Object.hasOwn(sources, path)) return sources[path];
  }
  return undefined;
};
