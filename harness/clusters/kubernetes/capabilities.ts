import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Node, World } from '../../domain/cluster.js';
import { describeError, NetclaimsError } from '../../domain/error.js';
import { isUnreadable, unreadable, type Facts } from '../../domain/fact-types.js';
import { configurable, configuredAbilities } from '../configured-abilities.js';
import { eth0IsVeth } from '../eth0-is-veth.js';
import { deadline } from '../../domain/deadline.js';
import { denyAll, detectionManifests } from './detection-manifests.js';
import { askPatiently, type KubernetesApi } from './kubernetes-api.js';
import type { ServiceObject } from './objects/kube-types.js';

export interface DetectionTools {
  readonly api: KubernetesApi;
  readonly nodes: readonly Node[];
  readonly open: (namespace: string) => Promise<World>;
  /** One with busybox' tools. */
  readonly image: string;
  readonly progress: (phase: string) => void;
}

/** What only shows when pods try it. */
const tried = ['services', 'dns', 'network-policy', 'veth'] as const;
type Tried = (typeof tried)[number];

const setUpMs = 120_000;
const commandMs = 5_000;
/** How long what takes a moment to reach the nodes may take before it counts as not there. */
const effectMs = 8_000;
const pauseMs = 400;

/**
 * Finds out which of the wanted capabilities a cluster has, by trying them with two pods, and gives its facts with these. A trial that
 * could not be made leaves the list unreadable: not found out is not the same as not there.
 */
export const detectCapabilities = async (
  facts: Facts<'Cluster'>,
  wanted: readonly string[],
  tools: DetectionTools,
  signal: AbortSignal,
): Promise<Facts<'Cluster'>> => {
  const { capabilities } = facts;
  const untried = tried.filter((each) => wanted.includes(each));
  const unread = configurable.filter((each) => wanted.includes(each));
  if (isUnreadable(capabilities) || untried.length + unread.length === 0) return facts;
  tools.progress(`trying what the cluster can do: ${[...untried, ...unread].join(', ')}`);
  try {
    const found = [
      ...(unread.length === 0 ? [] : await readConfiguration(tools.nodes, signal)),
      ...(untried.length === 0 ? [] : await tryWithPods(untried, tools, signal)),
    ];
    return { ...facts, capabilities: [...new Set([...capabilities, ...found])].sort() };
  } catch (error) {
    signal.throwIfAborted();
    return { ...facts, capabilities: unreadable(describeError(error)) };
  }
};

/** What the first CNI configuration of a node says, which is the one that pods get. */
const readConfiguration = async (nodes: readonly Node[], signal: AbortSignal): Promise<readonly string[]> => {
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
  { api, nodes, open, image }: DetectionTools,
  signal: AbortSignal,
): Promise<readonly Tried[]> => {
  await using world = await open(`netclaims-detect-${randomBytes(4).toString('hex')}`);
  await world.apply(detectionManifests(image), deadline(setUpMs, signal));
  const path = `/api/v1/namespaces/${world.namespace}/services/server`;
  const service = (await askPatiently(
    api,
    { method: 'GET', path },
    'reading a Service',
    signal,
  )) as ServiceObject;
  const server = (await world.pods(signal)).find(({ name }) => name === 'server');
  const run = async (argv: readonly string[]): Promise<boolean> => {
    const target = { pod: 'client', container: 'main' };
    try {
      return (await world.exec(target, { argv, timeoutMs: commandMs }, signal)).exitCode === 0;
    } catch (error) {
      // Who asks and hears nothing has not got it.
      if (error instanceof NetclaimsError && error.code === 'probe/timeout') return false;
      throw error;
    }
  };
  // By `timeout`, as wget's own crashes the static busybox of Debian.
  const fetch = (host: string, port: number) => () =>
    run([
      'timeout',
      '2',
      'wget',
      '-q',
      '-O',
      '/dev/null',
      `http://${host.includes(':') ? `[${host}]` : host}:${port}/`,
    ]);
  const fetchFromPod = fetch(server?.ips[0] ?? '', 8080);

  const trials: Readonly<Record<Tried, () => Promise<boolean>>> = {
    services: () => inTime(fetch(service.spec?.clusterIP ?? '', 80), signal),
    // The first domain that a pod searches is its namespace's own. Not every libc of a static busybox looks names up; its nslookup does itself.
    dns: () =>
      inTime(
        () =>
          run(['sh', '-c', 'nslookup "server.$(sed -n "s/^search \\([^ ]*\\).*/\\1/p" /etc/resolv.conf)"']),
        signal,
      ),
    veth: async () => {
      const node = nodes.find(({ name }) => name === server?.node);
      if (node === undefined || server === undefined) return false;
      return eth0IsVeth(node, server.netnsPath, signal);
    },
    'network-policy': async () => {
      if (!(await inTime(fetchFromPod, signal)))
        throw new Error('one pod does not reach another even without a policy');
      await world.apply([denyAll], signal);
      return inTime(async () => !(await fetchFromPod()), signal);
    },
  };
  const found: Tried[] = [];
  // The policy comes last, as nothing goes through after it.
  for (const each of tried.filter((one) => one !== 'network-policy' && wanted.includes(one))) {
    if (await trials[each]()) found.push(each);
  }
  if (wanted.includes('network-policy') && (await trials['network-policy']())) found.push('network-policy');
  return found;
};

/** Whether it becomes so before it counts as not there. */
const inTime = async (isSo: () => Promise<boolean>, signal: AbortSignal): Promise<boolean> => {
  const untilMs = Date.now() + effectMs;
  for (;;) {
    if (await isSo()) return true;
    if (Date.now() > untilMs) return false;
    await sleep(pauseMs, undefined, { signal });
  }
};
