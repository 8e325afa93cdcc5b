import type { Problem } from '../domain/problem.js';
import { allWorlds, madeNames, type ScenarioDraft } from './draft-scenario.js';
import { states, type WorldDraft } from './world-draft.js';

interface Named {
  readonly name: string;
  readonly what: string;
  readonly path: readonly (string | number)[];
  readonly part: 'key' | 'value';
  /** Whether this world states it, so that its mistake is this world's. */
  readonly own: boolean;
}

/** The names of `let`, `observe` and `probe`: none that CEL or the facts own, and none twice in one world. */
export const checkNames = (draft: ScenarioDraft): readonly Problem[] =>
  allWorlds(draft).flatMap((world) => {
    const names = namesOf(world);
    return [
      ...names
        .filter(({ own, name }) => own && draft.checker.isReserved(name))
        .map((named) => reserved(draft, named)),
      ...repeated(draft, names),
    ];
  });

const namesOf = (world: WorldDraft): readonly Named[] => [
  ...world.let.entries.map(({ name, path }) => ({
    name,
    what: '`let` entry',
    path,
    part: 'key' as const,
    own: states(world, 'let'),
  })),
  ...madeNames(world).map(({ kind, name, path }) => ({
    name,
    what: kind,
    path,
    part: 'value' as const,
    own: states(world, 'steps'),
  })),
];

const reserved = ({ document }: ScenarioDraft, { name, path, part }: Named): Problem =>
  document.problem(path, `\`${name}\` is a name that CEL or the facts own; choose another`, part);

const repeated = ({ document }: ScenarioDraft, names: readonly Named[]): readonly Problem[] =>
  names.flatMap((second, index) => {
    const first = names.slice(0, index).find(({ name }) => name === second.name);
    if (first === undefined || !(first.own || second.own)) return [];
    // What a control took from its scenario is not where the mistake was made.
    const [blamed, other] = second.own ? [second, first] : [first, second];
    const { line } = document.position(other.path, other.part);
    const article = /^[aeiou]/.test(other.what) ? 'an' : 'a';
    return [
      document.problem(
        blamed.path,
        `\`${blamed.name}\` is the name of ${article} ${other.what} of this world already (line ${line})`,
        blamed.part,
      ),
    ];
  });
