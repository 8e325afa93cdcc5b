import type { Manifest } from '../../domain/manifest.js';
import { noFootprint } from '../../domain/footprint.js';
import type { Control, Expression, Scenario, Step, WorldPlan } from '../../domain/scenario.js';

/** A step as a test writes it: its place, and its time unless that matters, are filled in. */
export type BareStep = Step extends infer One
  ? One extends Step
    ? Omit<One, 'file' | 'position' | 'timeoutMs'> & { readonly timeoutMs?: number }
    : never
  : never;

const position = { line: 1, column: 1 };

export const expression = (source: string): Expression => ({ source, file: 'a.yaml', position });

export const step = (bare: BareStep, line = 9): Step => ({
  file: 'a.yaml',
  position: { line, column: 5 },
  timeoutMs: 5_000,
  ...bare,
});

/** A pod with the given containers. */
export const pod = (name: string, ...containers: readonly string[]): Manifest => ({
  file: 'pods.yaml',
  kind: 'Pod',
  name,
  object: { kind: 'Pod', spec: { containers: containers.map((container) => ({ name: container })) } },
  position: () => position,
});

export const plan = (...steps: readonly BareStep[]): WorldPlan => ({
  manifests: [pod('web', 'nginx', 'side')],
  let: [{ name: 'so', value: expression('true') }],
  steps: steps.map((bare) => step(bare)),
  footprint: noFootprint,
});

/** A plan that ends with an observation, on which the expectation of `scenario` depends. */
export const observed = (...steps: readonly BareStep[]): WorldPlan =>
  plan(...steps, { kind: 'observe', name: 'end' });

/** A control whose world refutes the expectation of `scenario`. */
export const control = (name: string, world: WorldPlan): Control => ({
  name,
  refutes: ['one'],
  world: { ...world, let: [{ name: 'so', value: expression('false') }] },
});

export const scenario = (name: string, world: WorldPlan, rest: Partial<Scenario> = {}): Scenario => ({
  file: `scenarios/${name}.yaml`,
  name,
  labels: {},
  claim: 'A claim.',
  source: undefined,
  requires: [],
  world,
  expectations: [
    { id: 'one', says: 'It is so.', that: expression('so && cluster.provider == "containerd"') },
  ],
  controls: [],
  ...rest,
});
