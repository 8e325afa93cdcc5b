/** Something wrong in a file, at a place: lines and columns count from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** Lines shown below the message as they are, e.g. an expression with a caret under the mistake. */
  readonly excerpt?: string;
  /** A warning is named by `lint` and stops nothing. */
  readonly severity: 'error' | 'warning';
}

/** `file:line:column message`, then the excerpt. */
export const formatProblem = (problem: Problem): string =>
  `${problem.file}:${problem.line}:${problem.column} ${problem.severity === 'warning' ? 'warning: ' : ''}${problem.message}` +
  (problem.excerpt === undefined ? '' : `\n${problem.excerpt}`);

/** By file, then by place, so that the same mistakes print the same bytes. */
export const byPlace = (a: Problem, b: Problem): number =>
  a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column;
