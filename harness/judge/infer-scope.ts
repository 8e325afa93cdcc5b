import type { ASTNode } from '@marcbachmann/cel-js';
import type { ExpressionScope } from '../domain/expression-checker.js';
import type { WorldRecord } from '../domain/world-record.js';
import { factEnvironment } from './fact-environment.js';
import { constantPick, freeNames, nodesOf } from './syntax.js';

/**
 * The names of a scenario as a record of it shows them. A world that ended early has no trace of what it did not come to: what an
 * expression names and nobody made is taken for an observation or a probe without a result. (Loading a scenario refuses misspelt ones.)
 */
export const inferScope = ({
  let: entries,
  record,
  expressions,
}: {
  readonly let: ExpressionScope['let'];
  readonly record: WorldRecord;
  readonly expressions: readonly string[];
}): ExpressionScope => {
  const asts = [...entries.map(({ source }) => source), ...expressions].flatMap(parsed);
  const lets = entries.map(({ name }) => name);
  return {
    let: entries,
    observations: [
      ...record.observations.map(({ name }) => name),
      ...asts.flatMap(freeNames).filter((name) => !lets.includes(name)),
    ],
    probes: [...record.probes.map(({ name }) => name), ...asts.flatMap(nodesOf).flatMap(probePicked)],
  };
};

const parsed = (source: string): readonly ASTNode[] => {
  try {
    return [factEnvironment.parse(source).ast];
  } catch {
    return [];
  }
};

const probePicked = (node: ASTNode): readonly string[] => {
  const pick = constantPick(node);
  return pick?.from.op === 'id' && pick.from.args === 'probes' ? [pick.name] : [];
};
