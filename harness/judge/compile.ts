import type { ASTNode, Environment, ParseResult } from '@marcbachmann/cel-js';
import type { ExpressionMistake } from '../domain/expression-checker.js';
import { functionNames, hasMacro } from './fact-environment.js';
import { mistakeOf, noSuch, type KnownNames } from './mistake.js';
import { nodesOf } from './syntax.js';
import { traceable, type Evaluated } from './trace.js';

/** An expression that fits the types of its scenario. */
export interface CompiledExpression {
  readonly source: string;
  readonly ast: ASTNode;
  /** As CEL names it. */
  readonly type: string;
  /** Evaluates it with these names; what goes wrong is in the result. */
  run(names: object): Evaluated;
}

/** Parses and type-checks. */
export const compile = (
  source: string,
  environment: Environment,
  known: KnownNames,
): CompiledExpression | ExpressionMistake => {
  try {
    const parsed = parseWithHas(source, environment);
    const unknown = unknownFunction(parsed.ast);
    if (unknown !== undefined) return unknown;
    const { valid, type = 'dyn', error } = parsed.check();
    if (!valid) return mistakeOf(error, source, known);
    return { source, ast: parsed.ast, type, run: traceable(parsed, source) };
  } catch (error) {
    return mistakeOf(error, source, known);
  }
};

export const isMistake = (result: CompiledExpression | ExpressionMistake): result is ExpressionMistake =>
  'message' in result;

/** Puts our `has` in the place of CEL's: nothing but its name is changed, and no offset. */
const parseWithHas = (source: string, environment: Environment): ParseResult => {
  const parsed = environment.parse(source);
  const uses = nodesOf(parsed.ast).filter(
    ({ op, args }) => op === 'call' && args[0] === 'has' && args[1].length === 1 && args[1][0]?.op === '.',
  );
  const withOurs = uses.reduce(
    (text, { start }) => text.slice(0, start) + hasMacro + text.slice(start + hasMacro.length),
    source,
  );
  return uses.length === 0 ? parsed : environment.parse(withOurs);
};

/** CEL checks arguments before it looks for the function, and would complain of the variable of a misspelt macro. */
const unknownFunction = (ast: ASTNode): ExpressionMistake | undefined => {
  for (const node of nodesOf(ast)) {
    if (node.op !== 'call' && node.op !== 'rcall') continue;
    const [name] = node.args;
    if (name === hasMacro || functionNames.includes(name)) continue;
    const start = node.op === 'call' ? node.start : node.input.indexOf(name, node.args[1].end);
    return { message: noSuch('there is no function', name, functionNames), start, end: start + name.length };
  }
  return undefined;
};
