import type { Facts } from '../../domain/fact-types.js';
import type { Fingerprint } from '../../domain/fingerprint.js';
import type { Observation } from '../../domain/observation.js';
import type { PodRecord } from '../../domain/pod-record.js';
import type { WorldReport } from '../../domain/world-report.js';
import type { Condition } from '../../judge/judge-condition.js';
import { judgeScenario } from '../../judge/judge-scenario.js';
import type { Instruments } from '../instruments.js';
import { realInstruments } from '../real-instruments.js';

/** A condition by its source: what it is for the pods of a fresh observation. */
export type Conditions = Readonly<
  Record<string, (pods: Observation['pods'], world: WorldReport) => Condition>
>;

export const isTrue: Condition = { kind: 'met' };
export const isFalse: Condition = {
  kind: 'unmet',
  message: 'x is false',
  values: [{ expression: 'x', value: 'false' }],
};
export const isUnknown: Condition = { kind: 'unknown', reason: '`ip` is not installed' };

/** The fingerprint of a node that has these links and iptables rules, and nothing else. */
export const fakeFingerprint = (
  node: string,
  { links = [], iptables = [] }: Partial<Record<'links' | 'iptables', readonly string[]>> = {},
): Fingerprint => ({
  node,
  bridges: ['cni0'],
  parts: {
    ...{ links, iptables, addresses: [], routes: [], rules: [], neighbours: [], nft: [] },
    ...{ sysctls: [], namespaces: [], files: [], leases: [] },
  },
});

/** Instruments without tools: pods are read from their records, and conditions of waits are functions. Verdicts are the real ones. */
/** @param fingerprint what a node looks like; the same at all times unless given */
export const fakeInstruments = (
  conditions: Conditions = {},
  fingerprint: Instruments['fingerprint'] = ({ name }) => Promise.resolve(fakeFingerprint(name)),
): Instruments => ({
  fingerprint,
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
  judgeCondition: (until, world, fresh) => {
    const condition = conditions[until];
    if (condition === undefined) throw new Error(`the test has no condition ${until}`);
    return condition(fresh.pods, world);
  },
  // The real one, as it reads nothing.
  evaluateText: (source, world) => realInstruments.evaluateText(source, world),
  judgeScenario,
});

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
