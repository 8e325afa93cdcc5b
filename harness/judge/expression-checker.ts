import type { ExpressionChecker, ExpressionMistake, ExpressionScope } from '../domain/expression-checker.js';
import { isMistake } from './compile.js';
import { referencesIn } from './references.js';
import { isReserved, typeScope, type TypedScope } from './typed-scope.js';

/** Checks expressions against the one table of facts. */
export const expressionChecker: ExpressionChecker = {
  check: (source, scope, expected) => {
    const result = typed(scope).compile(source);
    if (isMistake(result)) return result;
    return expected === 'bool' ? notBool(source, result.type) : undefined;
  },
  references: referencesIn,
  isReserved,
};

const scopes = new WeakMap<ExpressionScope, TypedScope>();

const typed = (scope: ExpressionScope): TypedScope => {
  const result = scopes.get(scope) ?? typeScope(scope);
  scopes.set(scope, result);
  return result;
};

/** What is `dyn` (JSON that a tool printed) can only be judged when it is there. */
const notBool = (source: string, type: string): ExpressionMistake | undefined =>
  type === 'bool' || type === 'dyn'
    ? undefined
    : { message: `this must be true or false, but it is of type ${type}`, start: 0, end: source.length };
