import type { ASTNode } from '@marcbachmann/cel-js';
import type { ExpressionScope, NodeRead } from '../domain/expression-checker.js';
import { factEnvironment } from './fact-environment.js';
import { childrenOf, constantPick, macroOf } from './syntax.js';

/**
 * Where an expression reads facts of nodes, itself or through `let` entries. An observation that is not at once picked from may end up
 * anywhere, its nodes with it.
 */
export const nodeReadsIn = (source: string, scope: ExpressionScope): readonly NodeRead[] => {
  const seen = new Set<string>();
  const inSource = (text: string, via: string | undefined): readonly NodeRead[] => {
    const read = (node: ASTNode): NodeRead => ({ text: text.slice(node.start, node.end), via });
    const entry = (name: string): readonly NodeRead[] => {
      const found = scope.let.find((one) => one.name === name);
      if (found === undefined || seen.has(name)) return [];
      seen.add(name);
      return inSource(found.source, name);
    };
    const visit = (node: ASTNode, bound: readonly string[]): readonly NodeRead[] => {
      const isFree = (name: string) => !bound.includes(name);
      const pick = constantPick(node);
      if (pick?.from.op === 'id' && isFree(pick.from.args) && scope.observations.includes(pick.from.args)) {
        return pick.name === 'nodes' ? [read(node)] : entry(pick.name);
      }
      if (node.op === 'id') {
        if (!isFree(node.args)) return [];
        const whole = node.args === 'nodes' || scope.observations.includes(node.args);
        return whole ? [read(node)] : entry(node.args);
      }
      const macro = macroOf(node);
      if (macro === undefined) return childrenOf(node).flatMap((child) => visit(child, bound));
      const inside = [...bound, macro.variable];
      return [...visit(macro.range, bound), ...macro.bodies.flatMap((body) => visit(body, inside))];
    };
    return visit(factEnvironment.parse(text).ast, []);
  };
  return inSource(source, undefined);
};
