import type { ASTNode, ParseResult } from '@marcbachmann/cel-js';
import { spend, stepsForText, withinExpression } from './cost.js';
import { noValueOf } from './absence.js';
import type { NoValue } from './no-value.js';
import { macroOf, nodesOf } from './syntax.js';

/** One evaluation of one part of an expression, with those of its own parts in the order in which CEL came to them. */
export interface Evaluated {
  readonly node: ASTNode;
  readonly parts: readonly Evaluated[];
  /** Meaningless where there is an error. */
  readonly value: unknown;
  readonly error: NoValue | undefined;
}

type Evaluate = (evaluator: unknown, self: unknown, context: unknown) => unknown;

/** What cel-js's nodes have beside their declared members: how they are evaluated, or what a macro made of them. */
interface NodeInternals {
  readonly meta: {
    readonly evaluate: Evaluate;
    readonly alternate?: NodeInternals;
    readonly macro?: { evaluate: Evaluate };
  };
  setMeta(key: 'evaluate', evaluate: Evaluate): void;
}

const none: readonly Evaluated[] = [];

/**
 * Makes each part of a checked expression note its value when it is evaluated, as a power assertion does: so that what is shown is
 * what was computed, once, including each element of a macro and nothing that CEL's logic left out. Errors become `NoValue` where
 * they arise; CEL's logic absorbs them like any error. Of elements that explain nothing, no more than the result is kept.
 */
export const traceable = (parsed: ParseResult, source: string): ((names: object) => Evaluated) => {
  let noted: Evaluated[] = [];

  const noting = (
    node: ASTNode,
    evaluate: Evaluate,
    explainsNothing: (value: unknown) => boolean,
  ): Evaluate => {
    return (evaluator, self, context) => {
      const around = noted;
      const parts: Evaluated[] = [];
      noted = parts;
      try {
        spend(1);
        const value = evaluate(evaluator, self, context);
        if (typeof value === 'string') spend(stepsForText(value));
        const kept = parts.length === 0 || explainsNothing(value) ? none : parts;
        around.push({ node, parts: kept, value, error: undefined });
        return value;
      } catch (thrown) {
        const error = noValueOf(thrown, source, node, parts);
        around.push({ node, parts, value: undefined, error });
        throw error;
      } finally {
        noted = around;
      }
    };
  };

  const nodes = nodesOf(parsed.ast);
  const bodies = new Map(nodes.flatMap(bodiesIn));
  for (const node of nodes) {
    // A constant says what it is; only one that is all there is must be noted.
    if (node.op === 'value' && node !== parsed.ast) continue;
    const { meta } = node as ASTNode & NodeInternals;
    const evaluated: NodeInternals = meta.alternate ?? (node as ASTNode & NodeInternals);
    const explainsNothing = bodies.get(node) ?? (() => false);
    if (meta.macro !== undefined) {
      meta.macro.evaluate = noting(node, meta.macro.evaluate, explainsNothing);
    } else {
      evaluated.setMeta('evaluate', noting(node, evaluated.meta.evaluate, explainsNothing));
    }
  }

  return (names) => {
    const around = noted;
    const own: Evaluated[] = [];
    noted = own;
    try {
      withinExpression(() => void parsed(names));
    } catch {
      // Noted with the part that it arose in.
    } finally {
      noted = around;
    }
    const [whole] = own;
    if (whole === undefined) throw new Error(`nothing was evaluated of ${source}`);
    return whole;
  };
};

/** What a macro evaluates for each element, with which of its results say nothing of the macro's. */
const bodiesIn = (node: ASTNode): readonly (readonly [ASTNode, (value: unknown) => boolean])[] => {
  const macro = macroOf(node);
  if (macro === undefined || macro.name === 'exists' || macro.name === 'exists_one') return [];
  return macro.bodies.map((body) => [body, (value) => macro.name !== 'all' || value === true]);
};
