import type { ExpectedType } from '../domain/expression-checker.js';
import type { DocumentPath } from '../domain/manifest.js';
import {
  madeTooLate,
  ownFindings,
  unobserved,
  type Finding,
  type WorldScope,
} from './expression-findings.js';
import type { StepDraft } from './world-draft.js';

/** An expression of a step: the condition of a wait, or a variable of a probe. */
export interface StepExpression {
  readonly source: string;
  readonly path: DocumentPath;
  /** What is wrong with it in a world: the first kind of mistake that it has. */
  readonly findings: (at: WorldScope) => readonly Finding[];
}

/** The expressions of the step of this index. */
export const stepExpressions = ({ raw, path }: StepDraft, step: number): readonly StepExpression[] => {
  const until = raw.wait?.until;
  const variables = Object.entries(raw.probe?.env ?? {});
  return [
    ...(until === undefined ? [] : [expressionOf(until, [...path, 'wait', 'until'], 'bool', step)]),
    ...variables.flatMap(([name, source]) =>
      source === undefined ? [] : [expressionOf(source, [...path, 'probe', 'env', name], 'text', step)],
    ),
  ];
};

const expressionOf = (
  source: string,
  path: DocumentPath,
  expected: ExpectedType,
  step: number,
): StepExpression => ({
  source,
  path,
  findings: (at) => {
    const own = ownFindings(at, source, expected);
    if (own.length > 0) return own;
    const late = madeTooLate(at, source, step);
    // A wait reads the facts afresh.
    return late.length > 0 || expected === 'bool' ? late : unobserved(at, source, step);
  },
});
