import type { FailureRows } from './rows.js';

/** Nodes that are not what they were before a world, and the lock that keeps runs apart. */
export const nodeCodes = {
  'node/left-behind': {
    meaning: 'Worlds left something on nodes after their pods were gone.',
    remedy: 'fix the DEL of the CNI plugin',
  },
  'node/changed': {
    meaning: 'Nodes changed while a world used them, and were not changed back.',
    remedy: 'undo the change in the last steps of the world',
  },
  'node/changed-before': {
    meaning: 'A world was not begun, as its nodes were changed before it.',
    remedy: 'undo the change on the nodes, or make a new cluster, and run again',
  },
  'node/not-compared': {
    meaning: 'Nothing shows whether a world left its nodes as they were.',
    remedy: 'make a new cluster, and run again',
  },
  'node/kept-world': {
    meaning: 'A world was not begun, as worlds that were kept are still on its nodes.',
    remedy: 'run the scenario alone, or without --keep',
  },
  'cluster/in-use': {
    meaning: 'Another run uses the cluster, and --no-wait was given.',
    remedy: 'wait until it ends, or run again without --no-wait',
  },
  'cluster/lock': {
    meaning: 'The cluster could not be locked against other runs.',
    remedy: 'check that `flock` is installed (package util-linux)',
  },
  'cluster/lock-lost': {
    meaning: 'The lock on the cluster was lost while worlds ran.',
    remedy: 'check that the Kubernetes API answers in time, and run again',
  },
} as const satisfies FailureRows;
