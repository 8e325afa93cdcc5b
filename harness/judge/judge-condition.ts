import type { Observation } from '../domain/observation.js';
import type { SubExpressionValue, WorldRecord } from '../domain/world-record.js';
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
export const judgeCondition = (
  until: string,
  entries: readonly { readonly name: string; readonly source: string }[],
  fresh: Observation,
  earlier: WorldRecord,
): Condition => {
  const judge = judgeWorld({ let: entries, record: earlier, expressions: [until], current: fresh });
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
