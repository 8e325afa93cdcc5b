import { readFile } from 'node:fs/promises';
import { NetclaimsError } from '../../../domain/error.js';
import type { Facts } from '../../../domain/fact-types.js';
import {
  describedNetworks,
  ipamMark,
  readFurther,
  readDescription,
  type Descriptions,
  type NetworkDescription,
} from './described-network.js';

/** How the pods of a cluster are connected: a CNI configuration list, spec 0.4.0 or later. */
export interface CniNetwork {
  /** The network's name, as reports show it. */
  readonly name: string;
  /** What the file is called in /etc/cni/net.d. */
  readonly file: string;
  /** As it was written: `podCidrMark` stands for the pod network of the node that it is on. */
  readonly content: string;
  /** The types of the chain's plugins, in order. */
  readonly plugins: readonly string[];
  /** The types of the plugins that give addresses, which those of the chain run. */
  readonly ipam: readonly string[];
  /** Of a file's network nothing is known. */
  readonly looks: Facts<'Network'> | undefined;
  /** The file's content on a node. @param podCidrs the node's, the cluster's own family first */
  readonly onNode: (podCidrs: readonly string[]) => string;
}

/** What a file says for the pod network of the node that it is on. */
export const podCidrMark = '{{ .PodCIDR }}';

/**
 * A built-in network by its name, alone or with further plugins behind it (`bridge+tuning`), or the one that a file configures.
 * @throws NetclaimsError `usage/no-network`, `usage/bad-conflist`
 */
export const cniNetwork = async (nameOrFile: string): Promise<CniNetwork> => {
  const described = await describedNetworks();
  const chain = await builtInChain(nameOrFile, described);
  if (chain !== undefined) {
    const name = nameOrFile.replaceAll('+', '-');
    const onNode = (podCidrs: readonly string[]) => conflistOf(name, chain.plugins, podCidrs);
    return { ...readConflist(`10-${name}.conflist`, onNode([podCidrMark])), onNode, looks: chain.looks };
  }
  if (!/\.(conflist|json)$/.test(nameOrFile)) {
    throw new NetclaimsError({
      code: 'usage/no-network',
      what: `\`${nameOrFile}\` is no network`,
      remedy: `give --cni one of ${described.networks.join(', ')}, with +${described.further.join(', +')} behind it if you like, or a FILE.conflist`,
    });
  }
  const content = await readFile(nameOrFile, 'utf8').catch((cause: unknown) => {
    throw badConflist(nameOrFile, `it cannot be read: ${String(cause)}`);
  });
  const onNode = ([podCidr = '']: readonly string[]) => content.replaceAll(podCidrMark, podCidr);
  return { ...readConflist(nameOrFile, content), onNode, looks: undefined };
};

const builtInChain = async (
  name: string,
  described: Descriptions,
): Promise<NetworkDescription | undefined> => {
  const [first = '', ...more] = name.split('+');
  if (!described.networks.includes(first) || !more.every((one) => described.further.includes(one)))
    return undefined;
  const [{ plugins, looks }, further] = await Promise.all([
    readDescription(first),
    Promise.all(more.map(readFurther)),
  ]);
  return { plugins: [...plugins, ...further], looks };
};

/** @throws NetclaimsError `usage/bad-conflist` when a file would give pods of two nodes the same addresses */
export const refuseSameAddresses = (cni: string, { content }: CniNetwork, nodes: number): void => {
  if (nodes === 1 || content.includes(podCidrMark)) return;
  throw new NetclaimsError({
    code: 'usage/bad-conflist',
    what: `${cni} would give the pods of all ${nodes} nodes the same addresses`,
    remedy: `write "subnet": "${podCidrMark}", which stands for the pod network of each node`,
  });
};

/** Whether pods get addresses of a family, as far as a node's configuration itself says. */
export const familiesOf = (conflist: string): readonly ('ipv4' | 'ipv6')[] => {
  const found = [...conflist.matchAll(/"(?:subnet|address)"\s*:\s*"([^"]+)"/g)].map(([, text = '']) => text);
  return [
    ...(found.some((text) => text.includes('.')) ? (['ipv4'] as const) : []),
    ...(found.some((text) => text.includes(':')) ? (['ipv6'] as const) : []),
  ];
};

const conflistOf = (name: string, plugins: readonly object[], podCidrs: readonly string[]): string => {
  const ipam = {
    type: 'host-local',
    ranges: podCidrs.map((subnet) => [{ subnet }]),
    routes: podCidrs.map((cidr) => ({ dst: cidr.includes(':') ? '::/0' : '0.0.0.0/0' })),
  };
  const replaced = (_key: string, value: unknown) => (value === ipamMark ? ipam : value);
  return JSON.stringify({ cniVersion: '0.4.0', name, plugins }, replaced, 2);
};

interface Conflist {
  readonly name: string;
  readonly cniVersion: string;
  readonly plugins: readonly { readonly type: string; readonly ipam?: { readonly type?: unknown } }[];
}

const readConflist = (file: string, content: string): Omit<CniNetwork, 'onNode' | 'looks'> => {
  const conflist = parse(file, content);
  const wrong = mistakeIn(conflist);
  if (wrong !== undefined) throw badConflist(file, wrong);
  const { name, plugins } = conflist as Conflist;
  return {
    name,
    // containerd takes the first file of the folder, and only files of this ending are lists.
    file: '10-netclaims.conflist',
    content,
    plugins: plugins.map(({ type }) => type),
    ipam: plugins.flatMap(({ ipam }) => (typeof ipam?.type === 'string' ? [ipam.type] : [])),
  };
};

const parse = (file: string, content: string): unknown => {
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw badConflist(file, `it is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
};

const mistakeIn = (value: unknown): string | undefined => {
  const { name, cniVersion, plugins } = (value ?? {}) as Partial<Record<keyof Conflist, unknown>>;
  if (typeof name !== 'string' || !/^[a-zA-Z0-9][\w.-]*$/.test(name)) {
    return '`name` must be letters, digits, `_`, `.` and `-` (the CNI specification, section 1)';
  }
  if (typeof cniVersion !== 'string') return '`cniVersion` is missing';
  if (!Array.isArray(plugins) || plugins.length === 0) {
    return '`plugins` must be a list of at least one plugin; a single plugin goes into a list too';
  }
  const bad = plugins.findIndex(
    (plugin: unknown) =>
      typeof plugin !== 'object' ||
      plugin === null ||
      typeof (plugin as { type?: unknown }).type !== 'string' ||
      !/^[\w.-]+$/.test((plugin as { type: string }).type),
  );
  return bad === -1 ? undefined : `\`plugins[${bad}]\` has no \`type\` that could be a plugin's file name`;
};

const badConflist = (file: string, why: string): NetclaimsError =>
  new NetclaimsError({
    code: 'usage/bad-conflist',
    what: `${file} is no CNI configuration list`,
    evidence: [why],
    remedy: 'write one as https://www.cni.dev/docs/spec/#configuration-format says',
  });
