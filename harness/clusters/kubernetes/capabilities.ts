import { randomBytes } from 'node:crypto';
import type { Capabilities } from '../../domain/capabilities.js';
import type { Node, World } from '../../domain/cluster.js';
import { deadline } from '../../domain/deadline.js';
import { describeError } from '../../domain/error.js';
import { isUnreadable, type Facts } from '../../domain/fact-types.js';
import { configurable, configuredAbilities, type ConfiguredAbility } from '../configured-abilities.js';
import { tried, tryCapability, type Tried } from './capability-trials.js';
import { detectionManifests } from './detection-manifests.js';
import { askPatiently, type KubernetesApi } from './kubernetes-api.js';
import { service } from './objects/kube-shapes.js';

export interface DetectionTools {
  readonly api: KubernetesApi;
  readonly nodes: readonly Node[];
  readonly open: (namespace: string) => Promise<World>;
  /** One with busybox' tools. */
  readonly image: string;
  readonly progress: (phase: string) => void;
}

const setUpMs = 120_000;
const commandMs = 5_000;

/**
 * Finds out which of the wanted capabilities a cluster has, by its nodes' configuration and by trying them with pods. Each that could not be
 * tested is untested: not found out is not the same as not there.
 */
export const detectCapabilities = async (
  { capabilities: known }: Pick<Facts<'Cluster'>, 'capabilities'>,
  wanted: readonly string[],
  tools: DetectionTools,
  signal: AbortSignal,
): Promise<Capabilities> => {
  if (isUnreadable(known))
    return { has: [], untested: new Map(wanted.map((one) => [one, known.$unreadable])) };
  const untried = tried.filter((each) => wanted.includes(each));
  const unread = configurable.filter((each) => wanted.includes(each));
  const has = new Set<string>(known);
  const untested = new Map<string, string>();
  const noteUntested = (all: readonly string[], error: unknown) => {
    signal.throwIfAborted();
    for (const one of all) untested.set(one, describeError(error));
  };
  if (untried.length + unread.length > 0)
    tools.progress(`trying what the cluster can do: ${[...untried, ...unread].join(', ')}`);
  if (unread.length > 0) {
    await readConfiguration(tools.nodes, signal).then(
      (found) => {
        for (const one of found) has.add(one);
      },
      (error: unknown) => noteUntested(unread, error),
    );
  }
  if (untried.length > 0) {
    const note = async (one: Tried, trial: () => Promise<boolean>): Promise<void> => {
      try {
        if (await trial()) has.add(one);
      } catch (error) {
        noteUntested([one], error);
      }
    };
    await tryWithPods(untried, note, tools, signal).catch((error: unknown) => noteUntested(untried, error));
  }
  return { has: [...has].filter((one) => !untested.has(one)).sort(), untested };
};

/** What the first CNI configuration of a node says, which is the one that pods get. */
const readConfiguration = async (
  nodes: readonly Node[],
  signal: AbortSignal,
): Promise<readonly ConfiguredAbility[]> => {
  const script = 'for file in /etc/cni/net.d/*.conf*; do [ -f "$file" ] && exec cat "$file"; done; exit 3';
  const argv = ['sh', '-c', script];
  const result = await nodes[0]?.exec({ argv, timeoutMs: commandMs }, signal);
  if (result?.exitCode === 0) return configuredAbilities(result.stdout);
  throw new Error(
    `no CNI configuration of a node could be read: ${result?.stderr.trim() ?? 'there is no node'}`,
  );
};

const tryWithPods = async (
  wanted: readonly Tried[],
  note: (one: Tried, trial: () => Promise<boolean>) => Promise<void>,
  { api, nodes, open, image }: DetectionTools,
  signal: AbortSignal,
): Promise<void> => {
  await using world = await open(`netclaims-detect-${randomBytes(4).toString('hex')}`);
  await world.apply(detectionManifests(image), deadline(setUpMs, signal));
  const path = `/api/v1/namespaces/${world.namespace}/services/server`;
  const request = { method: 'GET', path, answer: service } as const;
  const { spec } = await askPatiently(api, request, 'reading a Service', signal);
  const serviceIp = spec?.clusterIP;
  if (serviceIp === undefined) throw new Error('a Service has got no address');
  for (const one of wanted) await note(one, () => tryCapability(one, { world, nodes, serviceIp }, signal));
};
