import type { DocumentPath } from '../domain/manifest.js';
import type { Problem } from '../domain/problem.js';
import { allWorlds, madeNames, type ControlDraft, type ScenarioDraft } from './draft-scenario.js';
import {
  inheritedFindings,
  ownFindings,
  unobserved,
  worldScope,
  type Finding,
  type WorldScope,
} from './expression-findings.js';
import { usedNames } from './expression-names.js';
import { stepExpressions } from './step-expressions.js';
import { pathText } from './wording.js';
import { states } from './world-draft.js';

/** All CEL of a scenario, each expression in each world where it is evaluated. */
export const checkExpressions = (draft: ScenarioDraft): readonly Problem[] => {
  const elsewhere = new Set(
    allWorlds(draft)
      .flatMap(madeNames)
      .map(({ name }) => name),
  );
  const scopeOf = (world: WorldScope['world']) => worldScope(world, draft.checker, elsewhere);
  const scenario = scopeOf(draft.world);
  return [
    ...checkWorld(draft, scenario, scenario),
    ...expectationsOf(draft).flatMap(({ that, path }) =>
      within(draft, path, expectationFindings(scenario, that)),
    ),
    ...draft.controls.flatMap((control) => {
      const at = scopeOf(control.world);
      return [...checkWorld(draft, at, scenario), ...checkRefuted(draft, control, at, scenario)];
    }),
  ];
};

const within = (
  { document }: ScenarioDraft,
  path: DocumentPath,
  findings: readonly Finding[],
): readonly Problem[] =>
  findings.map(({ message, start, end }) => document.problemWithin(path, start, end, message));

interface Placed {
  readonly id: string | undefined;
  readonly that: string;
  readonly path: DocumentPath;
}

const expectationsOf = (draft: ScenarioDraft): readonly Placed[] =>
  (draft.raw.spec?.expect ?? []).flatMap((expectation, index) =>
    expectation?.that === undefined
      ? []
      : [{ id: expectation.id, that: expectation.that, path: ['spec', 'expect', index, 'that'] }],
  );

const expectationFindings = (at: WorldScope, source: string): readonly Finding[] => {
  const own = ownFindings(at, source, 'bool');
  return own.length > 0 ? own : unobserved(at, source);
};

/** The `let` entries and the expressions of the steps of a world. */
const checkWorld = (draft: ScenarioDraft, at: WorldScope, scenario: WorldScope): readonly Problem[] => [
  ...(states(at.world, 'let')
    ? at.world.let.entries.flatMap(({ source, path }, index) =>
        within(draft, path, letFindings(at, source, index)),
      )
    : []),
  ...at.world.steps.list.flatMap(stepExpressions).flatMap(({ source, path, findings: check }) => {
    const findings = check(at);
    if (states(at.world, 'steps')) {
      return [
        ...within(draft, path, findings),
        ...inheritedFindings(at, scenario, source).map((finding) =>
          draft.document.problem(
            path,
            `this uses \`${finding.via}\`, which does not fit this control: ${finding.message}`,
          ),
        ),
      ];
    }
    if (check(scenario).length > 0) return [];
    return misfits(draft, at, scenario, { source, path, findings }).map((misfit) => ({
      ...draft.document.problem(
        at.world.at,
        `\`${pathText(path)}\`, which this control takes from the scenario, does not fit it: ${misfit.message}`,
      ),
      ...misfit.excerpt,
    }));
  }),
];

const letFindings = (at: WorldScope, source: string, index: number): readonly Finding[] => {
  const { free } = usedNames(source);
  const [below] = at.world.let.entries
    .slice(index)
    .filter(({ name }) => free.has(name) && !at.checker.isReserved(name));
  if (below === undefined) return ownFindings(at, source, 'any');
  const message = `\`${below.name}\` is not an entry above this one`;
  return [{ message, start: 0, end: source.length }];
};

/** What an expectation uses and the control that refutes it lacks: it would be unknown there, not refuted. */
const checkRefuted = (
  draft: ScenarioDraft,
  { raw, world }: ControlDraft,
  at: WorldScope,
  scenario: WorldScope,
): readonly Problem[] =>
  (raw.refutes ?? []).flatMap((id, index) => {
    const expectation = expectationsOf(draft).find((one) => one.id !== undefined && one.id === id);
    if (expectation === undefined) return [];
    const { that, path } = expectation;
    if (expectationFindings(scenario, that).length > 0) return [];
    const findings = expectationFindings(at, that);
    return misfits(draft, at, scenario, { source: that, path, findings }).map((misfit) => ({
      ...draft.document.problem(
        [...world.at, 'refutes', index],
        `\`${expectation.id ?? ''}\` cannot be judged in this control: ${misfit.message}`,
      ),
      ...misfit.excerpt,
    }));
  });

interface Misfit {
  readonly message: string;
  /** Shows the part of the expression that is meant, where it was written. */
  readonly excerpt: { readonly excerpt?: string };
}

const misfits = (
  { document }: ScenarioDraft,
  at: WorldScope,
  scenario: WorldScope,
  expression: { readonly source: string; readonly path: DocumentPath; readonly findings: readonly Finding[] },
): readonly Misfit[] => {
  const show = (path: DocumentPath, { start, end, message }: Finding) => {
    const { excerpt } = document.problemWithin(path, start, end, message);
    return excerpt === undefined ? {} : { excerpt };
  };
  return [
    ...expression.findings.map((finding) => ({
      message: finding.message,
      excerpt: show(expression.path, finding),
    })),
    ...inheritedFindings(at, scenario, expression.source).map((finding) => ({
      message: `\`${finding.via}\`, which it takes from the scenario, does not fit: ${finding.message}`,
      excerpt: show(['spec', 'let', finding.via], finding),
    })),
  ];
};
