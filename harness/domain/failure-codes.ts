import { clusterBootCodes } from './failure-codes/cluster-boot.js';
import { clusterCodes } from './failure-codes/cluster.js';
import { imageCodes } from './failure-codes/image.js';
import { nodeCodes } from './failure-codes/node.js';
import { podCodes } from './failure-codes/pod.js';
import type { FailureRow, FailureRows } from './failure-codes/rows.js';
import {
  harnessCodes,
  machineCodes,
  probeCodes,
  reportCodes,
  runCodes,
  stepCodes,
} from './failure-codes/run.js';
import { usageCodes } from './failure-codes/usage.js';

/** Who is to look at a failure. `usage` is the caller's mistake: exit code 3, nothing was run. */
export type Blame =
  'usage' | 'cluster' | 'image' | 'pod' | 'probe' | 'step' | 'run' | 'report' | 'machine' | 'harness';

/** All that is fixed for a code. */
export interface FailureKind extends FailureRow {
  readonly blames: Blame;
}

const blaming = <Code extends string>(
  blames: Blame,
  rows: Readonly<Record<Code, FailureRow>> & FailureRows,
): Readonly<Record<Code, FailureKind>> =>
  Object.fromEntries(Object.entries(rows).map(([code, row]) => [code, { blames, ...row }])) as Record<
    Code,
    FailureKind
  >;

/** Every code that a failure can have; docs/errors.md is made from it. */
export const failureCodes = {
  ...blaming('usage', usageCodes),
  ...blaming('cluster', clusterCodes),
  ...blaming('cluster', clusterBootCodes),
  ...blaming('cluster', nodeCodes),
  ...blaming('image', imageCodes),
  ...blaming('pod', podCodes),
  ...blaming('probe', probeCodes),
  ...blaming('step', stepCodes),
  ...blaming('run', runCodes),
  ...blaming('report', reportCodes),
  ...blaming('machine', machineCodes),
  ...blaming('harness', harnessCodes),
};

export type FailureCode = keyof typeof failureCodes;

/** The codes that blame images. */
export type ImageCode = keyof typeof imageCodes;

/** What is fixed for a code. */
export const kindOf = (code: FailureCode): FailureKind => failureCodes[code];
