import type { ExpectedType, ExpressionChecker, ExpressionScope } from '../domain/expression-checker.js';
import { madeNames, type MadeName } from './draft-scenario.js';
import { usedNames, withLetEntries } from './expression-names.js';
import type { WorldDraft } from './world-draft.js';
import { missingPod, podsOf, type WorldPods } from './world-pods.js';

/** Something wrong with an expression in a world; offsets into its source, the end exclusive. */
export interface Finding {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** What expressions of a world are checked against. */
export interface WorldScope {
  readonly world: WorldDraft;
  readonly made: readonly MadeName[];
  readonly scope: ExpressionScope;
  readonly pods: WorldPods;
  readonly checker: ExpressionChecker;
  /** The names that steps of any world of the file make. */
  readonly elsewhere: ReadonlySet<string>;
}

export const worldScope = (
  world: WorldDraft,
  checker: ExpressionChecker,
  elsewhere: ReadonlySet<string>,
): WorldScope => {
  const made = madeNames(world);
  const namesOf = (kind: MadeName['kind']) => made.filter((one) => one.kind === kind).map(({ name }) => name);
  return {
    world,
    made,
    scope: { let: world.let.entries, observations: namesOf('observation'), probes: namesOf('probe') },
    pods: podsOf(world),
    checker,
    elsewhere,
  };
};

/** The first mistake of an expression by itself, else the pods and containers that it names and this world lacks. */
export const ownFindings = (at: WorldScope, source: string, expected: ExpectedType): readonly Finding[] => {
  const mistake = at.checker.check(source, at.scope, expected);
  if (mistake === undefined) return missingPods(at, source);
  const about = /(\w+)["'\]]*$/.exec(source.slice(mistake.start, mistake.end))?.[1] ?? '';
  if (!isMissing(at, source, about)) return [mistake];
  // In a world with a step that could not be read, that step may be the one that makes the name.
  if (!at.world.steps.complete) return [];
  if (!at.elsewhere.has(about)) return [mistake];
  return [{ ...mistake, message: `no step of this world makes \`${about}\`; steps of another do` }];
};

/** Whether a name is one that a step would have to make, and none does. */
const isMissing = ({ scope }: WorldScope, source: string, name: string): boolean => {
  const { free, probes } = usedNames(source);
  if (probes.has(name) && !scope.probes.includes(name)) return true;
  return free.has(name) && ![...scope.observations, ...scope.let.map((entry) => entry.name)].includes(name);
};

const missingPods = ({ checker, pods }: WorldScope, source: string): readonly Finding[] =>
  checker.references(source).flatMap(({ pod, container, start, end }) => {
    const missing = missingPod(pods, pod, container);
    return missing === undefined ? [] : [{ message: missing.message, start, end }];
  });

/** What is wrong with the `let` entries that an expression uses and that come from the scenario, not from this world. */
export const inheritedFindings = (
  at: WorldScope,
  scenario: WorldScope,
  source: string,
): readonly (Finding & { readonly via: string; readonly source: string })[] => {
  if (at.world.let.from === at.world.at) return [];
  return withLetEntries(source, at.scope.let).flatMap(({ via, source: entry }) =>
    via === undefined || ownFindings(scenario, entry, 'any').length > 0
      ? []
      : ownFindings(at, entry, 'any').map((finding) => ({ ...finding, via, source: entry })),
  );
};

const facts = ['pods', 'nodes', 'cluster'];

/**
 * An expectation reads the last observation: there must be one when it uses facts.
 * @param step of a probe, before which it must have been made; undefined for an expectation
 */
export const unobserved = (at: WorldScope, source: string, step = Infinity): readonly Finding[] => {
  const observed = at.made.some((one) => one.kind === 'observation' && one.step < step);
  if (observed || !at.world.steps.complete) return [];
  const used = withLetEntries(source, at.scope.let).flatMap((one) => [...usedNames(one.source).free]);
  const fact = facts.find((name) => used.includes(name));
  if (fact === undefined) return [];
  const which = step === Infinity ? 'no step of this world' : 'no step before this one';
  const message = `this uses \`${fact}\`, but ${which} observes; add a step \`observe: now\``;
  return [{ message, start: 0, end: source.length }];
};

/** A `wait` or a probe can use what was made before it; the facts themselves are fresh. */
export const madeTooLate = (at: WorldScope, source: string, step: number): readonly Finding[] => {
  const used = withLetEntries(source, at.scope.let).map((one) => usedNames(one.source));
  const late = at.made.find(
    ({ kind, name, step: maker }) =>
      maker > step && used.some(({ free, probes }) => (kind === 'probe' ? probes : free).has(name)),
  );
  if (late === undefined) return [];
  const message = `\`${late.name}\` is not made before this step, but by a later one`;
  return [{ message, start: 0, end: source.length }];
};
