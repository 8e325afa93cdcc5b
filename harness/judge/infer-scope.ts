import type { ASTNode } from '@marcbachmann/cel-js';
import type { ExpressionScope } from '../domain/expression-checker.js';
import type { WorldReport } from '../domain/world-report.js';
import { factEnvironment } from './fact-environment.js';
import { constantPick, freeNames, nodesOf } from './syntax.js';

/**
 * The names of a scenario as the report of a world shows them. A world that ended early has no trace of what it did not come to: what an
 * expression names and nobody made is taken for an observation or a probe without a result. (Loading a scenario refuses misspelt ones.)
 */
export const inferScope = ({
  world,
  expressions,
}: {
  readonly world: WorldReport;
  readonly expressions: readonly string[];
}): ExpressionScope => {
  const entries = Object.entries(world.let).map(([name, source]) => ({ name, source }));
  const asts = [...entries.map(({ source }) => source), ...expressions].flatMap(parsed);
  const lets = entries.map(({ name }) => name);
  return {
    let: entries,
    observations: [
      ...Object.keys(world.observations),
      ...asts.flatMap(freeNames).filter((name) => !lets.includes(name)),
    ],
    probes: [...Object.keys(world.probes), ...asts.flatMap(nodesOf).flatMap(probePicked)],
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
