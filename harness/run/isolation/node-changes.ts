import type { Node } from '../../domain/cluster.js';
import { NetclaimsError } from '../../domain/error.js';
import { compareFingerprints, type Fingerprint, type NodeComparison } from '../../domain/fingerprint.js';

/** Takes the fingerprint of a node. */
export type TakeFingerprint = (node: Node, signal: AbortSignal) => Promise<Fingerprint>;

/** Takes the fingerprints of nodes beside each other, in the nodes' order. */
export const fingerprintsOf = (
  nodes: readonly Node[],
  take: TakeFingerprint,
  signal: AbortSignal,
): Promise<readonly Fingerprint[]> => Promise.all(nodes.map((node) => take(node, signal)));

/** Compares the same nodes at two times. */
export const compareNodes = (
  before: readonly Fingerprint[],
  after: readonly Fingerprint[],
): NodeComparison => {
  const all = before.flatMap((was, index) => {
    const is = after[index];
    return is === undefined ? [] : [compareFingerprints(was, is)];
  });
  return {
    differences: all.flatMap(({ differences }) => differences),
    onlyOfPods: all.every(({ onlyOfPods }) => onlyOfPods),
    unreadable: all.flatMap(({ unreadable }) => unreadable),
  };
};

/** More lines than these tell nobody more. */
const mostLines = 20;

const shown = (lines: readonly string[]): readonly string[] =>
  lines.length <= mostLines
    ? lines
    : [...lines.slice(0, mostLines), `and ${lines.length - mostLines} more differences`];

/** What a world left on nodes that no other run and nobody else can use, and that its steps do not change. */
export const leftByPods = (world: string, { differences }: NodeComparison): NetclaimsError =>
  new NetclaimsError({
    code: 'node/left-behind',
    what: `${world} left something on its nodes after its pods were gone`,
    evidence: shown(differences),
    remedy: 'fix the DEL of the CNI plugin',
  });

/** What a world that only reads nodes, or one that changes them, left on nodes that others can use. */
export const leftBehind = (
  world: string,
  touches: 'reads-nodes' | 'changes-nodes',
  comparison: NodeComparison,
): NetclaimsError => {
  if (comparison.onlyOfPods) return leftByPods(world, comparison);
  const evidence = shown(comparison.differences);
  return touches === 'changes-nodes'
    ? new NetclaimsError({
        code: 'node/changed',
        what: `${world} changed its nodes and did not change them back`,
        evidence,
        remedy: 'undo the change in the last steps of this world, or use --cluster containerd without --keep',
      })
    : new NetclaimsError({
        code: 'node/changed',
        what: `the nodes changed while ${world} read them, and not by its pods`,
        evidence,
        remedy: 'keep other programs off these nodes',
      });
};

/** What worlds left that shared nodes, or somebody else who was there meanwhile. */
export const leftBetween = (worlds: readonly string[], { differences }: NodeComparison): NetclaimsError =>
  new NetclaimsError({
    code: 'node/left-behind',
    what:
      worlds.length === 0
        ? 'the nodes were changed while no world of this run used them'
        : `the nodes are not as they were before ${namesOf(worlds)}`,
    evidence: shown(differences),
    remedy:
      worlds.length === 0
        ? 'keep other programs off these nodes'
        : 'fix the DEL of the CNI plugin, or keep other programs off these nodes',
  });

const namesOf = (worlds: readonly string[]): string => {
  const [first = '', ...others] = worlds;
  if (others.length === 0) return first;
  return others.length < 4 ? worlds.join(', ') : `${first} and ${others.length} worlds beside it`;
};

/** Why a world is not begun on nodes that are no longer what they were. */
export const changedBefore = (cause: NetclaimsError): NetclaimsError =>
  new NetclaimsError({
    code: 'node/changed-before',
    what: `the nodes of this world were changed before it: ${cause.message}`,
    evidence: cause.evidence,
    remedy: 'undo the change on the nodes, or make a new cluster, and run again',
  });
