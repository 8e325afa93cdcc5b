import type { Facts } from '../../domain/fact-types.js';
import type { Observation } from '../../domain/observation.js';
import type { PodRecord } from '../../domain/pod-record.js';
import type { WorldReport } from '../../domain/report.js';
import { worstVerdict, type Verdict } from '../../domain/verdict.js';
import type { Condition, Instruments } from '../instruments.js';

/** A condition by its source: what it is for the pods of a fresh observation. */
export type Conditions = Readonly<
  Record<string, (pods: Observation['pods'], world: WorldReport) => Condition>
>;

export const isTrue: Condition = { kind: 'true' };
export const isFalse: Condition = { kind: 'false', values: [{ expression: 'x', value: 'false' }] };
export const isUnknown: Condition = { kind: 'unknown', because: '`ip` is not installed' };

/**
 * Instruments without tools or CEL: pods are read from their records, conditions are functions, and every expectation of a world is refuted
 * after an unmet wait, unknown after trouble, and holds otherwise.
 */
export const fakeInstruments = (conditions: Conditions = {}): Instruments => ({
  collect: (name, { pods, cluster }, signal) => {
    signal.throwIfAborted();
    return Promise.resolve({
      name,
      at: '2026-01-01T00:00:00.000Z',
      durationMs: 1,
      pods: Object.fromEntries(pods.map((pod) => [pod.name, podFacts(pod)])),
      nodes: {},
      cluster,
      evidence: [],
      sources: {},
    });
  },
  evaluate: (until, world, fresh) => {
    const condition = conditions[until];
    if (condition === undefined) throw new Error(`the test has no condition ${until}`);
    return condition(fresh.pods, world);
  },
  judge: (scenario, { own, controls }) => {
    const expectations = scenario.expectations.map(({ id, says, that }) => ({
      id,
      says,
      that: that.source,
      verdict: verdictOf(own),
      because: own.trouble?.message ?? '',
      values: [],
      replay: [],
      uncontrolled: false,
      controls: controls.map((control) => ({ name: control.name, verdict: verdictOf(control), because: '' })),
    }));
    return { verdict: worstVerdict(expectations.map(({ verdict }) => verdict)), expectations };
  },
});

const verdictOf = (world: WorldReport): Verdict => {
  if (world.trouble !== null) return 'unknown';
  return world.unmetWaits.length > 0 ? 'refuted' : 'holds';
};

/** Only what conditions of tests look at: the containers. */
const podFacts = (pod: PodRecord): Facts<'Pod'> => {
  const containers = Object.fromEntries(
    pod.containers.map((container) => [container.name, { ...container, netns: { inode: 1 } }]),
  );
  const { sandbox, netnsPath, ...rest } = pod;
  return {
    ...rest,
    netns: { inode: 1, path: netnsPath, nsid: 0 },
    sandbox: { ...sandbox, command: '/pause', alive: sandbox.ready, netns: { inode: 1 } },
    containers,
    links: [],
    link: {},
    routes: [],
    neighbours: [],
  };
};
