import { setTimeout as sleep } from 'node:timers/promises';
import { whyBroken } from '../../domain/broken-command.js';
import type { Node, World } from '../../domain/cluster.js';
import { eth0IsVeth } from '../eth0-is-veth.js';
import { denyServer, serverPort } from './detection-manifests.js';

/** What only shows when pods try it. The policy comes last, as it changes what the others try. */
export const tried = ['services', 'dns', 'veth', 'network-policy'] as const;
export type Tried = (typeof tried)[number];

/** Pods of the detection's manifests, as they run. */
export interface Trial {
  readonly world: Pick<World, 'apply' | 'exec' | 'pods'>;
  readonly nodes: readonly Node[];
  /** The address of the Service. */
  readonly serviceIp: string;
  /** How long what takes a moment to reach the nodes may take before it counts as not there. */
  readonly effectMs?: number;
}

/** Longer than the commands' own limits, which end in an answer; this one ends in none. */
const commandMs = 10_000;
const attemptSeconds = '2';
const lookupSeconds = '4';
const defaultEffectMs = 8_000;
const pauseMs = 400;

/**
 * Whether the cluster has a capability. A trial proves that it lacks one only if the pods reach each other meanwhile.
 * @throws when that could not be tried
 */
export const tryCapability = async (
  capability: Tried,
  { world, nodes, serviceIp, effectMs = defaultEffectMs }: Trial,
  signal: AbortSignal,
): Promise<boolean> => {
  const pods = await world.pods(signal);
  const addressOf = (name: string): string => {
    const [address] = pods.find((pod) => pod.name === name)?.ips ?? [];
    if (address === undefined) throw new Error(`the pod ${name} has no address`);
    return address;
  };
  const succeeds = async (argv: readonly string[]): Promise<boolean> => {
    const result = await world.exec(
      { pod: 'client', container: 'main' },
      { argv, timeoutMs: commandMs },
      signal,
    );
    const broken = whyBroken(argv, result);
    if (broken !== undefined) throw new Error(`\`${argv.join(' ')}\`: ${broken}: ${result.stderr.trim()}`);
    return result.exitCode === 0;
  };
  // By `timeout`, as wget's own crashes the static busybox of Debian.
  const fetch = (host: string, port: number) => {
    const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}/`;
    return succeeds(['timeout', attemptSeconds, 'wget', '-q', '-O', '/dev/null', url]);
  };
  const inTime = async (isSo: () => Promise<boolean>): Promise<boolean> => {
    const untilMs = Date.now() + effectMs;
    for (;;) {
      if (await isSo()) return true;
      if (Date.now() > untilMs) return false;
      await sleep(pauseMs, undefined, { signal });
    }
  };
  const podReached = async (): Promise<void> => {
    if (!(await inTime(() => fetch(addressOf('server'), serverPort))))
      throw new Error('one pod does not reach another, so nothing can be tried between them');
  };
  /** An answer of no counts only while the pods' network works. */
  const isThere = async (isSo: () => Promise<boolean>): Promise<boolean> => {
    if (await inTime(isSo)) return true;
    await podReached();
    return false;
  };

  switch (capability) {
    case 'services':
      return isThere(() => fetch(serviceIp, 80));
    case 'dns':
      // The first domain that a pod searches is its namespace's own. Not every libc of a static busybox looks names up; its nslookup does itself.
      return isThere(() =>
        succeeds([
          'sh',
          '-c',
          `exec timeout ${lookupSeconds} nslookup "server.$(sed -n "s/^search \\([^ ]*\\).*/\\1/p" /etc/resolv.conf)"`,
        ]),
      );
    case 'veth': {
      const server = pods.find(({ name }) => name === 'server');
      const node = nodes.find(({ name }) => name === server?.node);
      if (node === undefined || server === undefined)
        throw new Error(`the pod server is on no node that commands can be run on`);
      return eth0IsVeth(node, server.netnsPath, signal);
    }
    case 'network-policy': {
      await podReached();
      await world.apply([denyServer], signal);
      // Twice in a row, while a pod that the policy does not name is reached: one attempt may have been slow.
      const keptAway = async () =>
        !(await fetch(addressOf('server'), serverPort)) && (await fetch(addressOf('other'), serverPort));
      if (await inTime(async () => (await keptAway()) && (await keptAway()))) return true;
      if (await fetch(addressOf('server'), serverPort)) return false;
      throw new Error('while a policy was tried, a pod that it does not name was not reached either');
    }
  }
};
