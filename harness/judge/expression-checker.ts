import type {
  ExpectedType,
  ExpressionChecker,
  ExpressionMistake,
  ExpressionScope,
} from '../domain/expression-checker.js';
import { isMistake } from './compile.js';
import { nodeReadsIn } from './node-reads.js';
import { referencesIn } from './references.js';
import { isReserved, typeScope, type TypedScope } from './typed-scope.js';

/** Checks expressions against the one table of facts. */
export const expressionChecker: ExpressionChecker = {
  check: (source, scope, expected) => {
    const result = typed(scope).compile(source);
    if (isMistake(result)) return result;
    return misfit(source, result.type, expected);
  },
  references: referencesIn,
  nodeReads: nodeReadsIn,
  isReserved,
};

const scopes = new WeakMap<ExpressionScope, TypedScope>();

const typed = (scope: ExpressionScope): TypedScope => {
  const result = scopes.get(scope) ?? typeScope(scope);
  scopes.set(scope, result);
  return result;
};

const fitting: Readonly<Record<ExpectedType, { readonly types: readonly string[]; readonly like: string }>> =
  {
    bool: { types: ['bool'], like: 'true or false' },
    text: { types: ['string', 'int', 'bool'], like: 'a string, a number, or true or false' },
    any: { types: [], like: 'anything' },
  };

/** What is `dyn` (JSON that a tool printed) can only be judged when it is there. */
const misfit = (source: string, type: string, expected: ExpectedType): ExpressionMistake | undefined => {
  const { types, like } = fitting[expected];
  if (expected === 'any' || type === 'dyn' || types.includes(type)) return undefined;
  return { message: `this must be ${like}, but it is of type ${type}`, start: 0, end: source.length };
};
