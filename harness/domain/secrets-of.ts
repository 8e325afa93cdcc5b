import { isSecretName } from './redact.js';
import { allSteps, type Scenario, type WorldPlan } from './scenario.js';

/**
 * The values in scenarios' manifests and probes that are secret by their place: those of `Secret` objects, and those of variables whose
 * name says so. Nothing that is told of a run may contain them.
 */
export const secretsOf = (scenarios: readonly Scenario[]): readonly string[] => [
  ...new Set(
    scenarios.flatMap(({ world, controls }) => [world, ...controls.map((one) => one.world)]).flatMap(ofWorld),
  ),
];

const ofWorld = ({ manifests, steps }: WorldPlan): readonly string[] => [
  ...manifests.flatMap(({ object }) => ofObject(object)),
  ...allSteps(steps).flatMap((step) => {
    if (step.kind === 'apply') return step.manifests.flatMap(({ object }) => ofObject(object));
    if (step.kind !== 'probe') return [];
    return (step.env ?? []).flatMap(({ name, value }) => (isSecretName(name) ? literals(value.source) : []));
  }),
];

const ofObject = (object: Readonly<Record<string, unknown>>): readonly string[] =>
  object.kind === 'Secret' ? ofSecret(object) : ofVariables(object);

const ofSecret = ({ data, stringData }: Readonly<Record<string, unknown>>): readonly string[] => [
  ...textsIn(data).flatMap((text) => [text, Buffer.from(text, 'base64').toString('utf8')]),
  ...textsIn(stringData),
];

const textsIn = (map: unknown): readonly string[] =>
  typeof map === 'object' && map !== null
    ? Object.values(map).filter((value) => typeof value === 'string')
    : [];

/** `{name, value}` wherever it stands: in containers, init containers, templates. */
const ofVariables = (value: unknown): readonly string[] => {
  if (typeof value !== 'object' || value === null) return [];
  const { name, value: own } = value as { readonly name?: unknown; readonly value?: unknown };
  const here = typeof name === 'string' && typeof own === 'string' && isSecretName(name) ? [own] : [];
  return [...here, ...Object.values(value).flatMap(ofVariables)];
};

/** The texts that a CEL expression writes out. */
const literals = (source: string): readonly string[] =>
  [...source.matchAll(/"([^"\\\n]*)"|'([^'\\\n]*)'/g)].map(([, double, single]) => double ?? single ?? '');
