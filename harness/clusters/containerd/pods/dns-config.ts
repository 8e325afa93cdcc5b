import type { DnsConfig } from '../cri/cri-types.js';
import type { PodSpec } from './pod-manifest.js';

/**
 * What a pod's resolv.conf is to say; undefined for the node's own. Without a DNS service in the cluster, `ClusterFirst` is what a kubelet
 * makes of it then: `Default`.
 */
export const dnsConfigOf = ({ dnsPolicy, dnsConfig }: PodSpec, nodeDns: DnsConfig): DnsConfig | undefined => {
  if (dnsConfig === undefined) return undefined;
  const base: DnsConfig = dnsPolicy === 'None' ? { servers: [], searches: [], options: [] } : nodeDns;
  const options = (dnsConfig.options ?? []).map(({ name = '', value }) =>
    value === undefined || value === '' ? name : `${name}:${value}`,
  );
  const added = new Set(options.map(nameOf));
  return {
    servers: distinct([...base.servers, ...(dnsConfig.nameservers ?? [])]),
    searches: distinct([...base.searches, ...(dnsConfig.searches ?? [])]),
    options: [...base.options.filter((option) => !added.has(nameOf(option))), ...options],
  };
};

/** Reads a resolv.conf. */
export const parseResolvConf = (content: string): DnsConfig => {
  const values = (keyword: string) =>
    content
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([first]) => first === keyword)
      .map((words) => words.slice(1));
  return {
    servers: values('nameserver').flatMap(([server]) => server ?? []),
    // The last one counts (resolv.conf(5)).
    searches: values('search').at(-1) ?? [],
    options: values('options').flat(),
  };
};

const nameOf = (option: string): string => option.split(':')[0] ?? option;

const distinct = (items: readonly string[]): readonly string[] => [...new Set(items)];
