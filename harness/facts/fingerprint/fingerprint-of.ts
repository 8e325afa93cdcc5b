import { createHash } from 'node:crypto';
import type { Fingerprint, PartReading } from '../../domain/fingerprint.js';
import { addressItems, linkItems, neighbourItems, routeItems, ruleItems } from './ip-items.js';
import { iptablesItems, nftItems } from './ruleset-items.js';

/** What one command of the script printed. */
export interface Frame {
  readonly output: string;
  readonly exitCode: number;
}

/** The fingerprint that the frames of the script make. A part with a frame that is missing or failed is unreadable. */
export const fingerprintOf = (
  node: string,
  frames: ReadonlyMap<string, Frame>,
  mark: string,
): Fingerprint => {
  const part = (
    names: readonly string[],
    items: (output: string, name: string) => readonly string[],
  ): PartReading => {
    try {
      return names.flatMap((name) => items(outputOf(frames, name), name)).toSorted();
    } catch (error) {
      return { unreadable: error instanceof Error ? error.message : String(error) };
    }
  };
  const rulesets = [...frames.keys()].filter((name) => /^ip6?tables/.test(name));
  const managed = rulesets.some((name) => name.endsWith('-nft') && frames.get(name)?.exitCode === 0);
  return {
    node,
    bridges: bridgesOf(frames.get('configurations')?.output ?? ''),
    parts: {
      links: part(['links'], (output) => linkItems(jsonList(output))),
      addresses: part(['links'], (output) => addressItems(jsonList(output))),
      routes: part(['routes4', 'routes6'], (output) => routeItems(jsonList(output))),
      rules: part(['rules4', 'rules6'], (output, name) => ruleItems(jsonList(output), name)),
      neighbours: part(['neighbours'], (output) => neighbourItems(jsonList(output))),
      nft: part(['nft'], (output) => nftItems(output, managed)),
      iptables: part(rulesets.length === 0 ? ['iptables'] : rulesets, iptablesItems),
      sysctls: part(['sysctls'], sysctlItems),
      namespaces: part(['namespaces'], lines),
      files: part(['configurations', 'binaries'], (output, name) =>
        name === 'binaries' ? lines(output) : configurationItems(output, mark),
      ),
      leases: part(['leases'], leaseItems),
    },
  };
};

const outputOf = (frames: ReadonlyMap<string, Frame>, name: string): string => {
  const frame = frames.get(name);
  if (frame === undefined) throw new Error('the node did not answer');
  // grep ends with 2 for a file that only root of the machine may read, and prints the others.
  if (frame.exitCode === 0 || (name === 'sysctls' && frame.exitCode !== 127 && frame.output !== ''))
    return frame.output;
  throw new Error(frame.output.trim().split('\n')[0] ?? `ended with ${frame.exitCode}`);
};

const lines = (output: string): readonly string[] => output.split('\n').filter((line) => line !== '');

/** `ip` prints nothing instead of an empty list. */
const jsonList = (output: string): readonly Readonly<Record<string, unknown>>[] => {
  if (output.trim() === '') return [];
  const list: unknown = JSON.parse(output);
  if (!Array.isArray(list)) throw new Error('ip printed no list');
  return (list as readonly unknown[]).flatMap((item) =>
    typeof item === 'object' && item !== null && Object.keys(item).length > 0
      ? [item as Readonly<Record<string, unknown>>]
      : [],
  );
};

/** Counters, keys, what the kernel works out by itself, and the limits of connection tracking that kube-proxy sets when it starts. */
const volatileSysctl =
  /^(netfilter\/nf_conntrack_(count|buckets|max|tcp_timeout_established|tcp_timeout_close_wait|tcp_be_liberal|udp_timeout|udp_timeout_stream)|nf_conntrack_max|ipv[46]\/conf\/[^/]+\/(stable_secret|route_localnet)|core\/netdev_rss_key|ipv4\/tcp_fastopen_key)=/;

const sysctlItems = (output: string): readonly string[] =>
  lines(output).flatMap((line) => {
    const [, key, value] = /^\/proc\/sys\/net\/([^:]+):(.*)$/.exec(line) ?? [];
    const item = `${key}=${value}`;
    return key === undefined || volatileSysctl.test(item) ? [] : [item];
  });

const configurationItems = (output: string, mark: string): readonly string[] =>
  output
    .split(`${mark}/`)
    .slice(1)
    .map((text) => {
      const end = text.indexOf('\n');
      const hash = createHash('sha256')
        .update(text.slice(end + 1))
        .digest('hex');
      return `${text.slice(0, end)} sha256:${hash.slice(0, 16)}`;
    });

/** host-local's own notes say where it goes on, not what is taken. */
const leaseItems = (output: string): readonly string[] =>
  lines(output).filter((path) => !/\/(lock|last_reserved_ip\.[^/]*)$/.test(path));

const bridgesOf = (configurations: string): readonly string[] => {
  const named = [...configurations.matchAll(/"bridge"\s*:\s*"([^"]+)"/g)].flatMap(([, name]) => name ?? []);
  return [...new Set(['cni0', ...named])];
};
