import type { LinkBox, NodeBox, Wire } from '../topology/topology.js';

/** The links of a node's netns by the place that they have in a picture. */
export interface RootParts {
  /** Ends of veths whose other end is in a pod, beside which they stand, by their ids. */
  readonly beside: ReadonlyMap<string, PodEnd>;
  /** Other links with a wire, e.g. both ends of a pair within the netns. */
  readonly loose: readonly LinkBox[];
  /** Bridges and other masters that have members. */
  readonly masters: readonly LinkBox[];
  readonly rest: readonly LinkBox[];
}

/** The end of a veth that is in a pod. */
interface PodEnd {
  readonly pod: string;
  readonly link: string;
}

/** Sorts the links of a node's netns. */
export const rootPartsOf = ({ root, pods }: NodeBox, wires: readonly Wire[]): RootParts => {
  const home = new Map(pods.flatMap((pod) => pod.links.map((link) => [link.id, pod.id] as const)));
  const own = new Set(root.links.map(({ id }) => id));
  const masterIds = new Set(wires.flatMap(({ kind, to }) => (kind === 'master' ? [to] : [])));
  const wired = new Set(wires.flatMap(({ from, to }) => [from, to]));
  const beside = new Map<string, PodEnd>();
  for (const { kind, from, to } of wires) {
    if (kind !== 'veth') continue;
    for (const [end, link] of [
      [from, to],
      [to, from],
    ] as const) {
      const pod = home.get(link);
      if (pod !== undefined && own.has(end) && !masterIds.has(end)) beside.set(end, { pod, link });
    }
  }
  return {
    beside,
    masters: root.links.filter(({ id }) => masterIds.has(id)),
    loose: root.links.filter(({ id }) => wired.has(id) && !masterIds.has(id) && !beside.has(id)),
    rest: root.links.filter(({ id }) => !wired.has(id)),
  };
};
