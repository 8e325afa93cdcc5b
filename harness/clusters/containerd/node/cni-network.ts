import { readFile } from 'node:fs/promises';
import { NetclaimsError } from '../../../domain/error.js';

/** How the pods of a node are connected: a CNI configuration list, spec 0.4.0 or later. */
export interface CniNetwork {
  /** The network's name, as reports show it. */
  readonly name: string;
  /** What the file is called in /etc/cni/net.d. */
  readonly file: string;
  readonly content: string;
  /** The types of the chain's plugins, in order. */
  readonly plugins: readonly string[];
  /** Whether pods get addresses of the family, as far as the configuration itself says. */
  readonly families: readonly ('ipv4' | 'ipv6')[];
}

/** The link of the node that macvlan's are made on: one end of a veth pair, so that it has a carrier. */
export const uplink = 'uplink0';

const podSubnet = '10.244.0.0/24';

const ipam = {
  type: 'host-local',
  ranges: [[{ subnet: podSubnet }]],
  routes: [{ dst: '0.0.0.0/0' }],
};
const portmap = { type: 'portmap', capabilities: { portMappings: true } };

const builtIn: Readonly<Record<string, readonly object[]>> = {
  bridge: [{ type: 'bridge', bridge: 'cni0', isGateway: true, hairpinMode: true, ipam }, portmap],
  ptp: [{ type: 'ptp', ipam }, portmap],
  macvlan: [{ type: 'macvlan', master: uplink, mode: 'bridge', ipam }],
};

export const builtInNetworks: readonly string[] = Object.keys(builtIn);

/**
 * A built-in network by its name, or the one that a file configures.
 * @throws NetclaimsError `usage/no-network`, `usage/bad-conflist`
 */
export const cniNetwork = async (nameOrFile: string): Promise<CniNetwork> => {
  const plugins = Object.hasOwn(builtIn, nameOrFile) ? builtIn[nameOrFile] : undefined;
  if (plugins !== undefined) {
    return readConflist(
      `10-${nameOrFile}.conflist`,
      JSON.stringify({ cniVersion: '0.4.0', name: nameOrFile, plugins }, undefined, 2),
    );
  }
  if (!/\.(conflist|json)$/.test(nameOrFile)) {
    throw new NetclaimsError({
      code: 'usage/no-network',
      what: `\`${nameOrFile}\` is no network`,
      remedy: `give --cni one of ${builtInNetworks.join(', ')}, or a FILE.conflist`,
    });
  }
  const content = await readFile(nameOrFile, 'utf8').catch((cause: unknown) => {
    throw badConflist(nameOrFile, `it cannot be read: ${String(cause)}`);
  });
  return readConflist(nameOrFile, content);
};

interface Conflist {
  readonly name: string;
  readonly cniVersion: string;
  readonly plugins: readonly { readonly type: string }[];
}

const readConflist = (file: string, content: string): CniNetwork => {
  const conflist = parse(file, content);
  const wrong = mistakeIn(conflist);
  if (wrong !== undefined) throw badConflist(file, wrong);
  const { name, plugins } = conflist as Conflist;
  const addresses = [...content.matchAll(/"(?:subnet|address)"\s*:\s*"([^"]+)"/g)].map(
    ([, text = '']) => text,
  );
  return {
    name,
    // containerd takes the first file of the folder, and only files of this ending are lists.
    file: '10-netclaims.conflist',
    content,
    plugins: plugins.map(({ type }) => type),
    families: [
      ...(addresses.some((text) => text.includes('.')) ? (['ipv4'] as const) : []),
      ...(addresses.some((text) => text.includes(':')) ? (['ipv6'] as const) : []),
    ],
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
