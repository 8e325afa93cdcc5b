import type { Observation } from '../domain/observation.js';
import type { SubExpressionValue, WorldReport } from '../domain/world-report.js';
import { judgeWorld } from './judge-world.js';

/** Whether a `wait` may go on. */
export type Condition =
  | { readonly kind: 'met' }
  /** `message` is one sentence that says why not yet. */
  | { readonly kind: 'unmet'; readonly message: string; readonly values: readonly SubExpressionValue[] }
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * Judges the `until` of a wait: `pods`, `nodes`, `cluster` and the `let` names are about the fresh observation, while earlier ones
 * and probes go by their names. What is not there is not there yet.
 */
export const judgeCondition = (until: string, world: WorldReport, fresh: Observation): Condition => {
  const judge = judgeWorld({ world, expressions: [until], current: fresh });
  const { verdict, because, values } = judge(until);
  switch (verdict) {
    case 'holds':
      return { kind: 'met' };
    case 'refuted':
      return { kind: 'unmet', message: because, values };
    case 'unknown':
      return { kind: 'unknown', reason: because };
  }
};
