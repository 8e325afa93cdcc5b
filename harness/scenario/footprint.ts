import type { ExpressionChecker, ExpressionScope } from '../domain/expression-checker.js';
import { footprintOf, type Footprint, type FootprintReason } from '../domain/footprint.js';
import type { Manifest } from '../domain/manifest.js';
import {
  allSteps,
  type Expectation,
  type Expression,
  type Step,
  type WorldPlan,
} from '../domain/scenario.js';
import { isOnHostNetwork, podFootprint } from './pod-footprint.js';

/** A world before its footprint is known, with the expectations that are judged in it. */
export type UntracedWorld = Omit<WorldPlan, 'footprint'>;

/** What a world touches beyond its own pods, from its manifests, its steps and the expressions that are evaluated in it. */
export const deriveFootprint = (
  world: UntracedWorld,
  expectations: readonly Expectation[],
  checker: ExpressionChecker,
): Footprint => {
  const steps = allSteps(world.steps);
  const manifests = [...world.manifests, ...steps.flatMap(appliedBy)];
  return footprintOf([
    ...manifests.flatMap(podFootprint),
    ...steps.flatMap((step) => stepReasons(step, manifests)),
    ...expressionReasons(world, steps, expectations, checker),
  ]);
};

const appliedBy = (step: Step): readonly Manifest[] => (step.kind === 'apply' ? step.manifests : []);

const stepReasons = (step: Step, manifests: readonly Manifest[]): readonly FootprintReason[] => {
  const { file, position } = step;
  if (step.kind === 'reconfigure') {
    const why = '`reconfigure` changes the network of every node';
    return [{ touches: 'changes-nodes', why, file, position }];
  }
  if (step.kind !== 'probe') return [];
  const { name, place, reads } = step;
  switch (place.kind) {
    case 'container':
      return [];
    case 'netns':
      return mayBeOnHostNetwork(place.pod, manifests)
        ? [
            {
              touches: 'changes-nodes',
              why: `the probe \`${name}\` runs in the network namespace of a node, as \`${place.pod}\` is on the host network`,
              file,
              position,
            },
          ]
        : [];
    case 'node':
    case 'node-of':
      return [
        reads === true
          ? { touches: 'reads-nodes', why: `the probe \`${name}\` reads a node`, file, position }
          : {
              touches: 'changes-nodes',
              why: `the probe \`${name}\` runs on a node`,
              file,
              position,
              // `reads: false` says that it changes the node.
              ...(reads === undefined ? { narrow: 'give it `reads: true` if it changes nothing there' } : {}),
            },
      ];
  }
};

/** A pod that no manifest names is one of a workload's. */
const mayBeOnHostNetwork = (pod: string, manifests: readonly Manifest[]): boolean => {
  const named = manifests.filter(({ kind, name }) => kind === 'Pod' && name === pod);
  return (named.length > 0 ? named : manifests.filter(({ kind }) => kind !== 'Pod')).some(isOnHostNetwork);
};

const expressionReasons = (
  world: UntracedWorld,
  steps: readonly Step[],
  expectations: readonly Expectation[],
  checker: ExpressionChecker,
): readonly FootprintReason[] => {
  const scope: ExpressionScope = {
    let: world.let.map(({ name, value }) => ({ name, source: value.source })),
    observations: steps.flatMap((step) => (step.kind === 'observe' ? [step.name] : [])),
    probes: steps.flatMap((step) => (step.kind === 'probe' ? [step.name] : [])),
  };
  const reasons = (what: string, { source, file, position }: Expression): readonly FootprintReason[] => {
    const [read] = checker.nodeReads(source, scope);
    if (read === undefined) return [];
    const through = read.via === undefined ? '' : ` through \`${read.via}\``;
    return [{ touches: 'reads-nodes', why: `${what} reads \`${read.text}\`${through}`, file, position }];
  };
  return [
    ...steps.flatMap((step): readonly FootprintReason[] => {
      if (step.kind === 'wait') return reasons('`wait`', step.until);
      if (step.kind !== 'probe') return [];
      return (step.env ?? []).flatMap(({ name, value }) =>
        reasons(`the variable \`${name}\` of the probe \`${step.name}\``, value),
      );
    }),
    ...expectations.flatMap(({ id, that }) => reasons(`the expectation \`${id}\``, that)),
  ];
};
