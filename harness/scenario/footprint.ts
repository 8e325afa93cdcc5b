import { footprintOf, type Footprint, type FootprintReason } from '../domain/footprint.js';
import {
  allSteps,
  type Expectation,
  type Expression,
  type Step,
  type WorldPlan,
} from '../domain/scenario.js';

/** What a world touches beyond its own pods, from its steps, manifests and the expressions that are judged in it. */
export const deriveFootprint = (
  { manifests, let: entries, steps }: Omit<WorldPlan, 'footprint'>,
  expectations: readonly Expectation[],
): Footprint => {
  const all = allSteps(steps);
  const applied = [...manifests, ...all.flatMap((step) => (step.kind === 'apply' ? step.manifests : []))];
  const expressions = [
    ...entries.map(({ value }) => value),
    ...expectations.map(({ that }) => that),
    ...all.flatMap(expressionsOf),
  ];
  return footprintOf([
    ...all.flatMap(changesNodes),
    ...applied.flatMap((manifest): readonly FootprintReason[] =>
      /"(hostPath|hostNetwork|privileged|hostPID)":/.test(JSON.stringify(manifest.object))
        ? [
            {
              touches: 'changes-nodes',
              why: 'a pod that reaches its node',
              file: manifest.file,
              position: manifest.position([]),
            },
          ]
        : [],
    ),
    ...expressions
      .filter(({ source }) => /\bnodes\b/.test(source))
      .map(({ file, position }): FootprintReason => ({
        touches: 'reads-nodes',
        why: 'an expression reads `nodes`',
        file,
        position,
      })),
  ]);
};

const changesNodes = (step: Step): readonly FootprintReason[] => {
  const { file, position } = step;
  if (step.kind === 'reconfigure')
    return [{ touches: 'changes-nodes', why: '`reconfigure` changes nodes', file, position }];
  if (step.kind !== 'probe' || step.place.kind === 'container' || step.place.kind === 'netns') return [];
  const touches = step.reads === true ? 'reads-nodes' : 'changes-nodes';
  return [{ touches, why: `the probe ${step.name} runs on a node`, file, position }];
};

const expressionsOf = (step: Step): readonly Expression[] => {
  if (step.kind === 'wait') return [step.until];
  return step.kind === 'probe' ? (step.env ?? []).map(({ value }) => value) : [];
};
