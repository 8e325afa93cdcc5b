import { hostnameOf, type PodIdentity } from './pod-identity.js';

/** What stands in the /etc/hosts of a pod's containers: the pod's own name at its addresses, and its `hostAliases`. */
export const hostsFile = (identity: PodIdentity, podIps: readonly string[]): string => {
  const { pod, node } = identity;
  const ips = pod.spec.hostNetwork === true ? node.ips : podIps;
  const lines = [
    ['127.0.0.1', 'localhost'],
    ['::1', 'localhost ip6-localhost ip6-loopback'],
    ['fe00::0', 'ip6-localnet'],
    ['fe00::0', 'ip6-mcastprefix'],
    ['fe00::1', 'ip6-allnodes'],
    ['fe00::2', 'ip6-allrouters'],
    ...ips.map((ip) => [ip, hostnameOf(identity)]),
    ...(pod.spec.hostAliases ?? []).map(({ ip, hostnames = [] }) => [ip, ...hostnames]),
  ];
  return lines.map((words) => `${words.join('\t')}\n`).join('');
};
