import type { LinkBox, NodeBox, Wire } from '../topology/topology.js';

/** The links of a node's netns by the place that they have in a picture. */
export interface RootParts {
  /** Ends of veths whose other end is in a pod, beside which they stand, by their ids. */
  readonly beside: ReadonlyMap<string, { readonly pod: string; readonly link: string }>;
  /** Other links with a wire, e.g. both ends of a pair within the netns. */
  readonly loose: readonly LinkBox[];
  /** Bridges and other masters that have members. */
  readonly masters: readonly LinkBox[];
  readonly rest: readonly LinkBox[];
}

/** Sorts the links of a node's netns. */
export const rootPartsOf = ({ root, pods }: NodeBox, wires: readonly Wire[]): RootParts => {
  const home = new Map(pods.flatMap((pod) => pod.links.map((link) => [link.id, pod.id] as const)));
  const own = new Set(root.links.map(({ id }) => id));
  const masterIds = new Set(wires.flatMap(({ kind, to }) => (kind === 'master' ? [to] : [])));
  const wired = new Set(wires.flatMap(({ from, to }) => [from, to]));
  const beside = new Map(
    wires
      .filter(({ kind }) => kind === 'veth')
      .flatMap(({ from, to }) => [[from, to] as const, [to, from] as const])
      .flatMap(([end, link]) => {
        const pod = home.get(link);
        return pod !== undefined && own.has(end) && !masterIds.has(end)
          ? [[end, { pod, link }] as const]
          : [];
      }),
  );
  return {
    beside,
    masters: root.links.filter(({ id }) => masterIds.has(id)),
    loose: root.links.filter(({ id }) => wired.has(id) && !masterIds.has(id) && !beside.has(id)),
    rest: root.links.filter(({ id }) => !wired.has(id)),
  };
};
