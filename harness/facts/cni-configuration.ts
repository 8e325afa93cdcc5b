import type { Ended } from './answers.js';
import { asList, asObject, oneLine, printedJson, textOf, textOr, type Printed } from './printed.js';

export const cniFolder = '/etc/cni/net.d';

export const fileArgv = (path: string) => ['cat', path] as const;

/** Those that runtimes read, in their order: the first is the network that pods get. */
export const configurationFiles = (names: readonly string[]): readonly string[] =>
  names.filter((name) => /\.(conf|conflist|json)$/.test(name)).toSorted();

/** What a configuration file says of a network. */
export interface CniNetwork {
  readonly name: string;
  /** The types of its plugins, in the order of the chain. */
  readonly plugins: readonly string[];
  readonly ipam: readonly CniIpam[];
}

export interface CniIpam {
  readonly type: string;
  /** Where host-local keeps its addresses. */
  readonly dataDir: string;
  readonly ranges: readonly string[];
}

/** A list of plugins (`.conflist`), or the older form with a single one. */
export const parseNetwork = (answer: Ended): CniNetwork => {
  const file = asObject(printedJson(answer), 'object');
  const plugins = file.plugins === undefined ? [file] : asList(file.plugins, 'plugins');
  return {
    name: textOf(file, 'name'),
    plugins: plugins.map((plugin) => textOf(plugin, 'type')),
    ipam: plugins.flatMap(({ ipam }) => (ipam === undefined ? [] : [parseIpam(asObject(ipam, 'ipam'))])),
  };
};

const parseIpam = (ipam: Printed): CniIpam => ({
  type: textOr('', ipam, 'type'),
  dataDir: textOr('/var/lib/cni/networks', ipam, 'dataDir').replace(/(.)\/+$/, '$1'),
  ranges: [
    ...subnetOf(ipam),
    ...rangeSets(ipam.ranges).flatMap((set) => asList(set, 'ranges').flatMap(subnetOf)),
  ],
});

const rangeSets = (ranges: unknown): readonly unknown[] => {
  if (ranges === undefined) return [];
  if (!Array.isArray(ranges)) throw new Error(`has no list of ranges: ${oneLine(JSON.stringify(ranges))}`);
  return ranges;
};

const subnetOf = (range: Printed): readonly string[] =>
  range.subnet === undefined ? [] : [textOf(range, 'subnet')];

/** The ranges of a node's pods: what host-local has for the first network. @throws Error where another plugin keeps them */
export const podRanges = ([first]: readonly CniNetwork[]): readonly string[] => {
  if (first === undefined) return [];
  const ranges = first.ipam.filter(({ type }) => type === 'host-local').flatMap((ipam) => ipam.ranges);
  if (ranges.length > 0) return ranges;
  const others = first.ipam.map(({ type }) => `\`${type}\``);
  throw new Error(
    `names no ranges of the network ${first.name}: ` +
      (others.length === 0
        ? 'it configures no IPAM plugin'
        : `the IPAM plugin ${others.join(', ')} keeps them`),
  );
};
