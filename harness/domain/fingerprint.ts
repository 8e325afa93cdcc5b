/** What of a node is compared, part by part. */
export const fingerprintParts = [
  'links',
  'addresses',
  'routes',
  'rules',
  'neighbours',
  'nft',
  'iptables',
  'sysctls',
  'namespaces',
  'files',
  'leases',
] as const;
export type FingerprintPart = (typeof fingerprintParts)[number];

/** One item a line, sorted; or why the part could not be read. */
export type PartReading = readonly string[] | { readonly unreadable: string };

/** A node's state outside of pods, in words that do not depend on counters, indexes and time. */
export interface Fingerprint {
  readonly node: string;
  /** The bridges that the node's CNI configuration names: the first pod makes them. */
  readonly bridges: readonly string[];
  readonly parts: Readonly<Record<FingerprintPart, PartReading>>;
}

/** What two fingerprints of one node say. */
export interface NodeComparison {
  /** `NODE: PART: + ITEM` for what came, `-` for what went. */
  readonly differences: readonly string[];
  /** Whether what a deleted pod leaves explains all of them: leases, links, namespaces, rules that carry a container's id. */
  readonly onlyOfPods: boolean;
  /** Parts that could not be compared, with the reason. */
  readonly unreadable: readonly string[];
}

/** Compares a node with itself at an earlier time. A part that could not be read both times is never equal, and never different. */
export const compareFingerprints = (before: Fingerprint, after: Fingerprint): NodeComparison => {
  const changed: { readonly part: FingerprintPart; readonly item: string }[] = [];
  const unreadable: string[] = [];
  const bridges = newBridges(before, after);
  for (const part of fingerprintParts) {
    const [was, is] = [before.parts[part], after.parts[part]];
    const unread = [was, is].find((reading) => 'unreadable' in reading);
    if (unread !== undefined && 'unreadable' in unread)
      unreadable.push(`${before.node}: ${part}: ${unread.unreadable}`);
    if ('unreadable' in was || 'unreadable' in is) continue;
    const items = part === 'sysctls' ? changedValues(was, is) : changedItems(was, is);
    for (const item of items)
      if (!bridges.some((bridge) => madeWith(bridge, item))) changed.push({ part, item });
  }
  return {
    differences: changed.map(({ part, item }) => `${before.node}: ${part}: ${item}`),
    onlyOfPods: changed.every(({ part, item }) => ofPod(part, item)),
    unreadable,
  };
};

const changedItems = (was: readonly string[], is: readonly string[]): readonly string[] => [
  ...without(was, is).map((item) => `- ${item}`),
  ...without(is, was).map((item) => `+ ${item}`),
];

/** As many of each item as there are more of it than in `others`. */
const without = (items: readonly string[], others: readonly string[]): readonly string[] => {
  const left = new Map<string, number>();
  for (const item of others) left.set(item, (left.get(item) ?? 0) + 1);
  return items.filter((item) => {
    const count = left.get(item) ?? 0;
    left.set(item, count - 1);
    return count <= 0;
  });
};

/** A key that comes or goes does so with its link or kernel module; a value that changes was set by somebody. */
const changedValues = (was: readonly string[], is: readonly string[]): readonly string[] => {
  const values = new Map(was.map(keyAndValue));
  return is.map(keyAndValue).flatMap(([key, value]) => {
    const old = values.get(key);
    return old === undefined || old === value ? [] : [`${key}: ${old} → ${value}`];
  });
};

const keyAndValue = (line: string): readonly [string, string] => {
  const at = line.indexOf('=');
  return [line.slice(0, at), line.slice(at + 1)];
};

/** The bridges of the CNI configuration that the first pod made meanwhile. */
const newBridges = (before: Fingerprint, after: Fingerprint): readonly string[] => {
  const { links } = before.parts;
  if ('unreadable' in links) return [];
  return after.bridges.filter((bridge) => !links.some((link) => link.startsWith(`${bridge} `)));
};

const madeWith = (bridge: string, item: string): boolean =>
  item.startsWith(`+ ${bridge} `) || (item.startsWith('+ ') && ` ${item} `.includes(` dev ${bridge} `));

const ofPod = (part: FingerprintPart, item: string): boolean =>
  part === 'leases' ||
  part === 'namespaces' ||
  (part === 'links' && / kind (veth|ifb|macvlan|ipvlan) /.test(`${item} `)) ||
  ((part === 'routes' || part === 'addresses') && / dev (veth|cali|lxc|eni)/.test(item)) ||
  ((part === 'iptables' || part === 'nft') && /\b[0-9a-f]{64}\b|\bCNI-(DN-|SN-)?[0-9a-f]{20,}/.test(item));
