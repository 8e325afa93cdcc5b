import type { ASTNode } from '@marcbachmann/cel-js';
import type { NamedReference } from '../domain/expression-checker.js';
import { factEnvironment } from './fact-environment.js';
import { childrenOf, constantPick } from './syntax.js';

/** The pods and containers that an expression names by constants: `pods.web`, `before.pods["web"].containers.app`. */
export const referencesIn = (source: string): readonly NamedReference[] => {
  try {
    return referencesBelow(factEnvironment.parse(source).ast);
  } catch {
    return [];
  }
};

const referencesBelow = (node: ASTNode): readonly NamedReference[] => {
  const whole = containerPicked(node) ?? podPicked(node);
  if (whole === undefined) return childrenOf(node).flatMap(referencesBelow);
  return [{ ...whole, start: node.start, end: node.end }];
};

type Named = Pick<NamedReference, 'pod' | 'container'>;

const podPicked = (node: ASTNode): Named | undefined => {
  const pod = constantPick(node);
  return pod !== undefined && arePods(pod.from) ? { pod: pod.name, container: undefined } : undefined;
};

const containerPicked = (node: ASTNode): Named | undefined => {
  const container = constantPick(node);
  const containers = container && constantPick(container.from);
  const pod = containers?.name === 'containers' ? podPicked(containers.from) : undefined;
  return pod && container && { pod: pod.pod, container: container.name };
};

/** `pods`, or the pods of an observation: nothing else has a field of that name. */
const arePods = (node: ASTNode): boolean =>
  node.op === 'id' ? node.args === 'pods' : constantPick(node)?.name === 'pods';
