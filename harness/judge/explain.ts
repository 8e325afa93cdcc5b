import type { SubExpressionValue } from '../domain/world-report.js';
import { celText } from './cel-text.js';
import { isOfFacts, telling } from './iterations.js';
import { sourceText } from './source-text.js';
import { macroOf, nodesOf, type Macro } from './syntax.js';
import type { Evaluated } from './trace.js';

/** What each interesting part of an expression evaluated to: no constants, nothing twice, nothing that was not evaluated. */
export const valuesIn = (evaluated: Evaluated, source: string): readonly SubExpressionValue[] =>
  withoutRepeats(partsOf(evaluated, { source, within: '', narrow: (body) => body })).map(
    ({ expression, value }) => ({ expression, value }),
  );

/** Why an expression is false, in one sentence: the operand that decided it, and the values that decided the operand. */
export const whyFalse = (evaluated: Evaluated, source: string): string => {
  const operand = decisive(evaluated);
  const values = withoutRepeats(partsOf(operand, { source, within: '', narrow: decisive }))
    .filter(({ isJudgement }) => !isJudgement)
    .map(({ expression, value }) => `${expression} = ${value}`);
  const what = `${sourceText(source, operand.node)} is false`;
  return values.length === 0 ? what : `${what}: ${values.join(', ')}`;
};

/** The part of a false expression that made it false: of `a && b` the false one, of `c ? a : b` the one chosen. */
const decisive = (evaluated: Evaluated): Evaluated => {
  const { node, parts, value } = evaluated;
  if (value !== false || (node.op !== '&&' && node.op !== '?:')) return evaluated;
  const part = parts.findLast((each) => each.value === false);
  return part === undefined ? evaluated : decisive(part);
};

interface Shown extends SubExpressionValue {
  /** The result of a comparison and the like, which its operands explain. */
  readonly isJudgement: boolean;
  /** The elements that it is about: `l.mtu` of the next link is no repeat, even if it is the same. */
  readonly within: string;
}

interface Telling {
  readonly source: string;
  readonly within: string;
  /** Which part of a macro's body is told of an element. */
  readonly narrow: (body: Evaluated) => Evaluated;
}

/** The interesting parts of an expression without itself, in the order of the source. */
const partsOf = (evaluated: Evaluated, how: Telling): readonly Shown[] => {
  const { node, parts } = evaluated;
  const macro = macroOf(node);
  if (macro !== undefined) return partsOfMacro(evaluated, macro, how);
  // `a.b.c` is one part, of which `a.b` is not another.
  const isStart = (part: Evaluated) => isPath(evaluated) && isPath(part) && part === parts[0];
  return parts
    .toSorted((a, b) => a.node.start - b.node.start)
    .flatMap((part) => (isStart(part) ? partsOf(part, how) : partWith(part, how)));
};

/** The interesting parts with the expression itself, unless it only joins others, or has no value because a part has none. */
const partWith = (evaluated: Evaluated, how: Telling): readonly Shown[] => {
  const { node, parts, value, error } = evaluated;
  if (!nodesOf(node).some(({ op }) => op === 'id')) return [];
  const joins = ['&&', '||', '!_', '?:', 'list', 'map'].includes(node.op);
  const passesOn =
    error !== undefined && !isPath(evaluated) && parts.some((part) => part.error !== undefined);
  if (joins || passesOn) return partsOf(evaluated, how);
  const itself: Shown = {
    expression: sourceText(how.source, node),
    value: error === undefined ? celText(value) : `(${error.message})`,
    isJudgement: typeof value === 'boolean' && !isPath(evaluated),
    within: how.within,
  };
  return [itself, ...partsOf(evaluated, how)];
};

const mostElements = 5;
const elementLength = 60;

const partsOfMacro = (evaluated: Evaluated, macro: Macro, how: Telling): readonly Shown[] => {
  const range = evaluated.parts.find(({ node }) => node === macro.range);
  const iterations = telling(evaluated, macro);
  const told = iterations.slice(0, mostElements).flatMap(({ element, bodies }, index): readonly Shown[] => {
    const within = `${how.within} ${macro.variable} ${index}`;
    const value = celText(element, elementLength);
    return [
      { expression: macro.variable, value, isJudgement: false, within },
      ...bodies
        .map(how.narrow)
        .flatMap((body) => (isPath(body) ? partWith : partsOf)(body, { ...how, within }))
        .filter(({ expression }) => expression !== macro.variable),
    ];
  });
  const more: Shown = {
    expression: `further ${macro.variable}`,
    value: String(iterations.length - mostElements),
    isJudgement: false,
    within: how.within,
  };
  const ofRange = range === undefined ? [] : (isOfFacts(range.value) ? partsOf : partWith)(range, how);
  return [...ofRange, ...told, ...(iterations.length > mostElements ? [more] : [])];
};

const isPath = ({ node }: Evaluated): boolean => ['id', '.', '[]'].includes(node.op);

const withoutRepeats = (all: readonly Shown[]): readonly Shown[] => {
  const seen = new Set<string>();
  return all.filter(({ within, expression, value }) => {
    const key = JSON.stringify([within, expression, value]);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
};
