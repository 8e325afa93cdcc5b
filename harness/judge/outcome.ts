import type { NoValue } from './no-value.js';
import type { Evaluated } from './trace.js';

/**
 * The error that decides an evaluation without a value. Of several (`&&` evaluates both its operands where the first has no value)
 * the one that says "could not tell" wins over the one that says "is not there": had it been readable, the result might be another.
 */
export const decisiveError = (evaluated: Evaluated): NoValue | undefined => {
  const errors = errorsOf(evaluated);
  return errors.find(({ kind }) => kind !== 'absent') ?? errors[0];
};

const errorsOf = (evaluated: Evaluated): readonly NoValue[] => {
  if (evaluated.error === undefined) return [];
  const below = evaluated.parts.flatMap(errorsOf);
  return below.length === 0 ? [evaluated.error] : below;
};

/** The value of an evaluation. Throws the `NoValue` of one that has none. */
export const valueOf = (evaluated: Evaluated): unknown => {
  const error = decisiveError(evaluated);
  if (error !== undefined) throw error;
  return evaluated.value;
};
