import type { SourceRange } from '@marcbachmann/cel-js';

/** Text in which a parenthesis is none. */
const parenthesisOrText = /[rR]"[^"\n]*"|[rR]'[^'\n]*'|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\/\/[^\n]*|[()]/gs;

/**
 * The source of a part of an expression, on one line. CEL's ranges leave out the parentheses around a first and a last operand
 * (`a + b) * c`), so what is unbalanced is completed from the text around it.
 */
export const sourceText = (source: string, { start, end }: SourceRange): string => {
  let [open, unopened] = [0, 0];
  for (const [token] of source.slice(start, end).matchAll(parenthesisOrText)) {
    if (token === '(') open += 1;
    else if (token === ')' && open > 0) open -= 1;
    else if (token === ')') unopened += 1;
  }
  let [from, to] = [start, end];
  for (; unopened > 0; unopened -= 1) from = source.lastIndexOf('(', from - 1);
  for (; open > 0; open -= 1) to = source.indexOf(')', to) + 1;
  return source.slice(from, to).replace(/\s*\n\s*/g, ' ');
};
