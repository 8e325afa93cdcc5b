import type { SubExpressionValue } from '../domain/world-report.js';
import { celText } from './cel-text.js';
import { isMistake, type CompiledExpression } from './compile.js';
import type { ExpressionMistake } from '../domain/expression-checker.js';
import { valuesIn, whyFalse } from './explain.js';
import { failed } from './no-value.js';
import { decisiveError } from './outcome.js';

/** What one expression came to in one world. */
export interface Judgement {
  readonly verdict: 'holds' | 'refuted' | 'unknown';
  /** One sentence; empty when it holds. */
  readonly because: string;
  readonly values: readonly SubExpressionValue[];
}

/**
 * Judges an expression among these names.
 *
 * | it comes to | verdict | because |
 * |---|---|---|
 * | true | holds | |
 * | false | refuted | what decided it, with its values |
 * | a map that was read has no such key | refuted | `pods has no entry "web"; it has: a, b` |
 * | a list that was read has no such item | refuted | `pods.web.ips has no item 1; it has 1 item` |
 * | a fact is unreadable, or not among the facts | unknown | `pods.web.links is unknown: ` and the reason |
 * | an observation or a probe was not made, or has no result | unknown | `after is unknown: ` and why the world ended |
 * | a division by zero, text that is no number, a bad pattern | unknown | `the expression failed: ` and CEL's words |
 * | neither true nor false (JSON that is something else) | unknown | `the expression failed: …` |
 * | it does not fit the types of the facts | unknown | `the expression failed: …` |
 *
 * What is absent was observed to be absent; that is no failure. CEL's logic absorbs all of these where it does not need the part:
 * `false && x` and `x && false` are false, `true || x` and `x || true` are true, one false element decides `all`, one true one
 * `exists`, and of `c ? a : b` only the branch that is chosen counts. Where several parts without a value are needed, unknown wins.
 */
export const judgeExpression = (
  expression: CompiledExpression | ExpressionMistake,
  names: object,
): Judgement => {
  if (isMistake(expression))
    return { verdict: 'unknown', because: failed(expression.message).message, values: [] };
  const evaluated = expression.run(names);
  const error = decisiveError(evaluated);
  const values = withoutReason(valuesIn(evaluated, expression.source), error?.message);
  if (error !== undefined) {
    return { verdict: error.kind === 'absent' ? 'refuted' : 'unknown', because: error.message, values };
  }
  if (evaluated.value === true) return { verdict: 'holds', because: '', values };
  if (evaluated.value === false) {
    return { verdict: 'refuted', because: whyFalse(evaluated, expression.source), values };
  }
  const { message } = failed(`it is ${celText(evaluated.value)}, neither true nor false`);
  return { verdict: 'unknown', because: message, values };
};

/** The reason is told already; at each part that has no value for the same reason, it would be told again. */
const withoutReason = (
  values: readonly SubExpressionValue[],
  reason: string | undefined,
): readonly SubExpressionValue[] =>
  values.map((each) => (each.value === `(${reason})` ? { ...each, value: '(no value)' } : each));
