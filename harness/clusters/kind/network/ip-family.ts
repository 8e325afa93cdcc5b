import { createHash } from 'node:crypto';
import type { IpFamily } from '../../../domain/cluster-provider.js';

/** Where pods and services have their addresses; the first family is the cluster's own. The ranges are kind's. */
export interface Subnets {
  readonly pods: readonly string[];
  readonly services: readonly string[];
}

const ipv4 = { pods: '10.244.0.0/16', services: '10.96.0.0/16' };
const ipv6 = { pods: 'fd00:10:244::/56', services: 'fd00:10:96::/112' };

export const subnetsOf = (family: IpFamily): Subnets => {
  const ranges = { ipv4: [ipv4], ipv6: [ipv6], dual: [ipv4, ipv6] }[family];
  return { pods: ranges.map(({ pods }) => pods), services: ranges.map(({ services }) => services) };
};

/** The addresses of a node that its cluster is to use. */
export const addressesOf = (
  family: IpFamily,
  { ipv4: four, ipv6: six }: { readonly ipv4: string; readonly ipv6: string },
): readonly string[] =>
  ({ ipv4: [four], ipv6: [six], dual: [four, six] })[family].filter((one) => one !== '');

/** A unique local /64 for a network, from its name, as kind does it: an engine gives none by itself. */
export const uniqueLocalSubnet = (network: string): string => {
  const hash = createHash('sha256').update(network).digest('hex');
  return `fd00:${hash.slice(0, 4)}:${hash.slice(4, 8)}:${hash.slice(8, 12)}::/64`;
};
