import diff from 'microdiff';
import type { Baseline, BaselineDifference } from '../domain/baseline.js';
import type { Json } from '../domain/fact-types.js';

/** Every place in which two baselines are not alike, in the order of the cluster, its nodes, its pods and the claims. */
export const compareBaselines = (before: Baseline, after: Baseline): readonly BaselineDifference[] =>
  parts.flatMap((part) =>
    diff(before[part], after[part], { cyclesFix: false }).map((difference) => ({
      path: [part, ...difference.path.map(String)],
      ...(difference.type === 'CREATE' ? {} : { was: difference.oldValue as Json }),
      ...(difference.type === 'REMOVE' ? {} : { is: difference.value as Json }),
    })),
  );

const parts = ['cluster', 'node', 'pod', 'claim'] as const;

/**
 * What is not as a baseline has it. Claims that were not run this time are left out: they have not changed, as far as anybody knows.
 */
export const differencesFrom = (baseline: Baseline, found: Baseline): readonly BaselineDifference[] =>
  compareBaselines(
    {
      ...baseline,
      claim: Object.fromEntries(Object.entries(baseline.claim).filter(([name]) => name in found.claim)),
    },
    found,
  );
