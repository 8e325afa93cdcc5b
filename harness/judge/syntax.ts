import type { ASTNode } from '@marcbachmann/cel-js';

/** The parts of a node that are expressions themselves, in the order of the source. */
export const childrenOf = (node: ASTNode): readonly ASTNode[] => {
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [node.args[0]];
    case '!_':
    case '-_':
      return [node.args];
    case 'call':
      return node.args[1];
    case 'rcall':
      return [node.args[1], ...node.args[2]];
    case 'map':
      return node.args.flat();
    default:
      return node.args;
  }
};

/** A node and all below it. */
export const nodesOf = (node: ASTNode): readonly ASTNode[] => [node, ...childrenOf(node).flatMap(nodesOf)];

const macroNames = ['all', 'exists', 'exists_one', 'filter', 'map'] as const;

/** `pods.all(p, …)` and its kind: the range, the name of the variable, and what is evaluated for each element. */
export interface Macro {
  readonly name: (typeof macroNames)[number];
  readonly range: ASTNode;
  readonly variable: string;
  readonly bodies: readonly ASTNode[];
}

export const macroOf = (node: ASTNode): Macro | undefined => {
  if (node.op !== 'rcall') return undefined;
  const [called, range, [variable, ...bodies]] = node.args;
  const name = macroNames.find((each) => each === called);
  if (name === undefined || variable?.op !== 'id' || bodies.length === 0) return undefined;
  return { name, range, variable: variable.args, bodies };
};

/** What is picked with a constant, and from what: `x.name`, `x["name"]`. */
export const constantPick = (
  node: ASTNode,
): { readonly from: ASTNode; readonly name: string } | undefined => {
  if (node.op === '.') return { from: node.args[0], name: node.args[1] };
  if (node.op !== '[]' || node.args[1].op !== 'value' || typeof node.args[1].args !== 'string')
    return undefined;
  return { from: node.args[0], name: node.args[1].args };
};

/** The names that an expression takes from outside, in the order of the source: those that its macros bind are not among them. */
export const freeNames = (node: ASTNode): readonly string[] => {
  if (node.op === 'id') return [node.args];
  const macro = macroOf(node);
  if (macro === undefined) return childrenOf(node).flatMap(freeNames);
  const inBodies = macro.bodies.flatMap(freeNames).filter((name) => name !== macro.variable);
  return [...freeNames(macro.range), ...inBodies];
};

/** The name that an expression starts with: `before` of `before.pods.web == x`. */
export const leftmostName = (node: ASTNode): string | undefined => {
  const names = nodesOf(node).filter(({ op }) => op === 'id');
  const leftmost = names.reduce<ASTNode | undefined>(
    (first, each) => (first === undefined || each.start < first.start ? each : first),
    undefined,
  );
  return leftmost?.op === 'id' ? leftmost.args : undefined;
};
