import type { Thing, Topology } from './topology.js';

/** What became of a thing between two observations. */
export type Change =
  | { readonly kind: 'new'; readonly thing: Thing }
  | { readonly kind: 'gone'; readonly thing: Thing }
  | { readonly kind: 'changed'; readonly thing: Thing; readonly facts: readonly FactChange[] };

export interface FactChange {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** What is new, changed or gone, in the order of the picture, what is gone last. */
export const changesBetween = (before: Topology, after: Topology): readonly Change[] => {
  const old = new Map(thingsOf(before).map((thing) => [thing.id, thing]));
  const now = thingsOf(after);
  const left = new Set(now.map(({ id }) => id));
  return [
    ...now.flatMap((thing): readonly Change[] => {
      const earlier = old.get(thing.id);
      if (earlier === undefined) return [{ kind: 'new', thing }];
      const facts = Object.entries(thing.facts)
        .map(([name, value]) => ({ name, before: earlier.facts[name] ?? '', after: value }))
        .filter((fact) => fact.before !== fact.after);
      return facts.length === 0 ? [] : [{ kind: 'changed', thing, facts }];
    }),
    ...[...old.values()].filter(({ id }) => !left.has(id)).map((thing): Change => ({ kind: 'gone', thing })),
  ];
};

/** Everything that a topology has, from the outside in. */
export const thingsOf = ({ nodes, wires }: Topology): readonly Thing[] => [
  ...nodes.flatMap((node) => [
    node,
    ...[node.root, ...node.pods].flatMap((netns) => [netns, ...netns.processes, ...netns.links]),
  ]),
  ...wires,
];
