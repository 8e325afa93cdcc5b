import type { Question } from './answers.js';

/** Whose netns it is: its path among the facts (`pods.web`, `nodes.worker-1`), and the netns' path on the node. */
export interface Owner {
  readonly path: string;
  /** Undefined for the node's own. */
  readonly netns: string | undefined;
}

/** A command asked in an owner's netns. */
export const inside = ({ netns }: Owner, argv: readonly string[]): Question =>
  netns === undefined ? { argv } : { argv, netns };
