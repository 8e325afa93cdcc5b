import { podCidrMark } from '../../containerd/node/cni-network.js';
import type { CniChoice } from './cni-choice.js';

/** Where a node's own configuration is put; container runtimes take the first file of the folder. */
export const conflistPath = '/etc/cni/net.d/10-netclaims.conflist';

/** The CNI configuration of one node, for a choice that has one. @param podCidrs the node's, the cluster's own family first */
export const nodeConflist = (
  choice: Extract<CniChoice, { kind: 'reference' | 'conflist' }>,
  podCidrs: readonly string[],
): string => {
  if (choice.kind === 'conflist') return choice.content.replaceAll(podCidrMark, podCidrs[0] ?? '');
  const ipam = {
    type: 'host-local',
    ranges: podCidrs.map((subnet) => [{ subnet }]),
    routes: podCidrs.map((cidr) => ({ dst: cidr.includes(':') ? '::/0' : '0.0.0.0/0' })),
  };
  const plugin = {
    ptp: { type: 'ptp', ipMasq: false, ipam },
    bridge: { type: 'bridge', bridge: 'cni0', isGateway: true, hairpinMode: true, ipMasq: false, ipam },
  }[choice.name];
  const portmap = { type: 'portmap', capabilities: { portMappings: true } };
  return JSON.stringify({ cniVersion: '0.4.0', name: choice.name, plugins: [plugin, portmap] }, undefined, 2);
};
