import { parseDuration } from '../domain/duration.js';
import type { DocumentPath } from '../domain/manifest.js';
import type {
  Expectation,
  Expression,
  LetEntry,
  ProbePlace,
  Scenario,
  Step,
  WorldPlan,
} from '../domain/scenario.js';
import { nodeOf } from './check-pods.js';
import type { ScenarioDraft } from './draft-scenario.js';
import { deriveFootprint } from './footprint.js';
import { defaultTimeouts } from './timeouts.js';
import type { StepDraft, WorldDraft } from './world-draft.js';
import type { RawScenario, RawStep } from './written-scenario.js';
import type { YamlDocument } from './yaml-document.js';

/** The scenario of a draft without errors. */
export const planScenario = (draft: ScenarioDraft): Scenario => {
  const { document } = draft;
  // The schema found nothing wrong, so that nothing is missing.
  const { metadata, spec } = draft.raw as RawScenario;
  const expectations = spec.expect.map(({ id, says, that }, index) => ({
    id,
    says: says.trim(),
    that: expression(document, ['spec', 'expect', index, 'that'], that),
  }));
  return {
    file: document.file,
    name: metadata.name,
    labels: metadata.labels ?? {},
    claim: spec.claim.trim(),
    source: spec.source && { ...spec.source, section: spec.source.section ?? '' },
    requires: spec.requires ?? [],
    world: planWorld(draft, draft.world, expectations),
    expectations,
    controls: (spec.controls ?? []).flatMap(({ name, refutes }, index) => {
      const world = draft.controls[index]?.world;
      const judged = expectations.filter(({ id }) => refutes.includes(id));
      return world === undefined ? [] : [{ name, refutes, world: planWorld(draft, world, judged) }];
    }),
  };
};

/** @param judged the expectations that are judged in this world */
const planWorld = (
  { document, checker }: ScenarioDraft,
  world: WorldDraft,
  judged: readonly Expectation[],
): WorldPlan => {
  const parts = {
    manifests: world.manifests.manifests,
    let: world.let.entries.map(({ name, source, path }) => ({
      name,
      value: expression(document, path, source),
    })),
    steps: planSteps(document, world.steps.list, [...world.steps.from, 'steps']),
  };
  return { ...parts, footprint: deriveFootprint(parts, judged, checker) };
};

/** Without the line break that a block scalar ends with. */
const expression = (document: YamlDocument, path: DocumentPath, source: string): Expression => ({
  source: source.trimEnd(),
  file: document.file,
  position: document.position(path),
});

/** The steps directly below a path; those of a `repeat` become its own. */
const planSteps = (
  document: YamlDocument,
  drafts: readonly StepDraft[],
  parent: DocumentPath,
): readonly Step[] =>
  drafts
    .filter(
      ({ path }) =>
        path.length === parent.length + 1 && parent.every((segment, index) => path[index] === segment),
    )
    .map((draft) => planStep(document, drafts, draft));

const planStep = (document: YamlDocument, drafts: readonly StepDraft[], draft: StepDraft): Step => {
  const raw = draft.raw as RawStep;
  const base = { file: document.file, position: document.position(draft.path) };
  const within = (kind: keyof typeof defaultTimeouts, stated?: string) => ({
    ...base,
    timeoutMs: milliseconds(stated ?? defaultTimeouts[kind]),
  });
  if (raw.probe !== undefined) {
    const { name, in: place, env, run, sh, reads, anyExit, timeout } = raw.probe;
    return {
      ...within('probe', timeout),
      kind: 'probe',
      name,
      place: planPlace(place),
      argv: run ?? ['sh', '-c', sh ?? ''],
      ...(anyExit === undefined ? {} : { anyExit }),
      ...(reads === undefined ? {} : { reads }),
      ...(env === undefined ? {} : { env: planVariables(document, [...draft.path, 'probe', 'env'], env) }),
    };
  }
  if (raw.apply !== undefined) {
    return { ...within('apply', raw.apply.timeout), kind: 'apply', manifests: draft.applied.manifests };
  }
  if (raw.delete !== undefined) {
    const { pod, kind = 'Pod', name = '', manifests, timeout } = raw.delete;
    const targets =
      manifests === undefined
        ? [{ kind, name: pod ?? name }]
        : draft.deleted.manifests.map(({ kind, name }) => ({ kind, name }));
    return { ...within('delete', timeout), kind: 'delete', targets };
  }
  if (raw.kill !== undefined) {
    const { pod, container, timeout } = raw.kill;
    return {
      ...within('kill', timeout),
      kind: 'kill',
      pod,
      victim: container === undefined ? 'sandbox' : { container },
    };
  }
  if (raw.restart !== undefined) {
    const { pod, container, timeout } = raw.restart;
    return { ...within('restart', timeout), kind: 'restart', pod, container };
  }
  if (raw.reconfigure !== undefined) {
    const { set = {}, timeout } = raw.reconfigure;
    const change = draft.plugin === undefined ? { fields: set } : { plugin: draft.plugin.file };
    return { ...within('reconfigure', timeout), kind: 'reconfigure', change };
  }
  if (raw.wait !== undefined) {
    const forMs = raw.wait.for === undefined ? 0 : milliseconds(raw.wait.for);
    const timeoutMs =
      raw.wait.timeout === undefined
        ? milliseconds(defaultTimeouts.wait) + forMs
        : milliseconds(raw.wait.timeout);
    const until = expression(document, [...draft.path, 'wait', 'until'], raw.wait.until);
    return { ...base, timeoutMs, kind: 'wait', until, forMs };
  }
  if (raw.repeat !== undefined) {
    const { times, timeout } = raw.repeat;
    const steps = planSteps(document, drafts, [...draft.path, 'repeat', 'steps']);
    const allMs = times * steps.reduce((sum, step) => sum + step.timeoutMs, 0);
    return {
      ...base,
      timeoutMs: timeout === undefined ? allMs : milliseconds(timeout),
      kind: 'repeat',
      times,
      steps,
    };
  }
  return { ...within('observe'), kind: 'observe', name: raw.observe ?? '' };
};

const planVariables = (
  document: YamlDocument,
  path: DocumentPath,
  env: Readonly<Record<string, string>>,
): readonly LetEntry[] =>
  Object.entries(env).map(([name, source]) => ({
    name,
    value: expression(document, [...path, name], source),
  }));

const planPlace = ({ pod, container, netns, node }: NonNullable<RawStep['probe']>['in']): ProbePlace => {
  if (pod !== undefined && container !== undefined) return { kind: 'container', pod, container };
  if (netns !== undefined) return { kind: 'netns', pod: netns };
  const of = nodeOf(node ?? '');
  return of === undefined ? { kind: 'node', node: node ?? '' } : { kind: 'node-of', pod: of };
};

/** Whole, so that a timer takes it; validated before. */
const milliseconds = (duration: string): number => Math.ceil(parseDuration(duration) ?? 0);
