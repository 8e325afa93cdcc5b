import type { ASTNode, Environment, ParseResult } from '@marcbachmann/cel-js';
import type { ExpressionMistake } from '../domain/expression-checker.js';
import { functionNames, hasMacro } from './fact-environment.js';
import { matchesName, patternMistake } from './matches.js';
import { mistakeOf, noSuch, type KnownNames } from './mistake.js';
import { childrenOf, nodesOf } from './syntax.js';
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
  if (source.length > longest) {
    const message = `the expression is longer than ${longest} characters; give parts of it names in \`let\``;
    return { message, start: 0, end: 1 };
  }
  try {
    const written = environment.parse(source);
    if (isDeeperThan(deepest, written.ast)) return tooDeep;
    const mistake = unknownFunction(written.ast) ?? badPattern(written.ast);
    if (mistake !== undefined) return mistake;
    const parsed = parseWithOurs(written, source, environment);
    const { valid, type = 'dyn', error } = parsed.check();
    if (!valid) return mistakeOf(error, source, known);
    return { source, ast: parsed.ast, type, run: traceable(parsed, source) };
  } catch (error) {
    // The parser calls itself for each level.
    if (error instanceof RangeError) return tooDeep;
    return mistakeOf(error, source, known);
  }
};

/** The bounds of an expression: checking and evaluating it call themselves for each of its levels. */
const longest = 20_000;
const deepest = 250;

const tooDeep: ExpressionMistake = {
  message: `the expression is nested deeper than ${deepest} levels; give parts of it names in \`let\``,
  start: 0,
  end: 1,
};

const isDeeperThan = (most: number, root: ASTNode): boolean => {
  let level: readonly ASTNode[] = [root];
  for (let depth = 0; depth <= most; depth += 1) {
    if (level.length === 0) return false;
    level = level.flatMap(childrenOf);
  }
  return level.length > 0;
};

export const isMistake = (result: CompiledExpression | ExpressionMistake): result is ExpressionMistake =>
  'message' in result;

/** Puts our `has` and `matches` in the place of cel-js' own: nothing but their names is changed, and no offset. */
const parseWithOurs = (written: ParseResult, source: string, environment: Environment): ParseResult => {
  const uses = nodesOf(written.ast).flatMap((node): readonly { at: number; name: string }[] => {
    if (node.op === 'call' && node.args[0] === 'has' && isPath(node.args[1]))
      return [{ at: node.start, name: hasMacro }];
    return node.op === 'rcall' && node.args[0] === 'matches'
      ? [{ at: nameOffset(node), name: matchesName }]
      : [];
  });
  if (uses.length === 0) return written;
  const ours = uses.reduce(
    (text, { at, name }) => text.slice(0, at) + name + text.slice(at + name.length),
    source,
  );
  return environment.parse(ours);
};

const isPath = (args: readonly ASTNode[]): boolean => args.length === 1 && args[0]?.op === '.';

/** Where the name of a method stands. */
const nameOffset = (node: ASTNode & { readonly op: 'rcall' }): number =>
  node.input.indexOf(node.args[0], node.args[1].end);

/** A pattern that is written out is known to be wrong before anything is run. */
const badPattern = (ast: ASTNode): ExpressionMistake | undefined => {
  for (const node of nodesOf(ast)) {
    if (node.op !== 'rcall' || node.args[0] !== 'matches') continue;
    const [pattern] = node.args[2];
    if (pattern?.op !== 'value' || typeof pattern.args !== 'string') continue;
    const message = patternMistake(pattern.args);
    if (message !== undefined) return { message, ...pattern.range };
  }
  return undefined;
};

/** CEL checks arguments before it looks for the function, and would complain of the variable of a misspelt macro. */
const unknownFunction = (ast: ASTNode): ExpressionMistake | undefined => {
  for (const node of nodesOf(ast)) {
    if (node.op !== 'call' && node.op !== 'rcall') continue;
    const [name] = node.args;
    if (functionNames.includes(name)) continue;
    const start = node.op === 'call' ? node.start : nameOffset(node);
    return { message: noSuch('there is no function', name, functionNames), start, end: start + name.length };
  }
  return undefined;
};
