import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Refusal } from '../../domain/cluster-provider.js';
import type { RequiredCommand } from '../../domain/required-command.js';
import { findCommand } from '../find-command.js';
import { cniBinDirs } from './node/boot.js';

/** What this machine must have to make nodes. */
export const requiredCommands: readonly RequiredCommand[] = [
  { command: 'containerd', package: 'containerd', purpose: "runs a node's pods" },
  { command: 'containerd-shim-runc-v2', package: 'containerd', purpose: 'holds each container' },
  { command: 'ctr', package: 'containerd', purpose: 'unpacks images' },
  { command: 'runc', package: 'runc', purpose: 'starts containers' },
  { command: 'ip', package: 'iproute2', purpose: "makes a node's links" },
  { command: 'unshare', package: 'util-linux', purpose: "makes a node's namespaces" },
  { command: 'nsenter', package: 'util-linux', purpose: 'runs commands on a node' },
  { command: 'flock', package: 'util-linux', purpose: 'lets one run at a time fill the cache' },
  { command: 'mount', package: 'mount', purpose: "makes a node's file systems" },
  { command: 'hostname', package: 'hostname', purpose: 'names a node' },
  { command: 'iptables', package: 'iptables', purpose: 'hostPort, by the portmap plugin' },
  { command: 'tar', package: 'tar', purpose: 'reads image archives' },
];

/** What makes nodes better, and can be missing. */
export const preferredCommands: readonly RequiredCommand[] = [
  { command: 'crun', package: 'crun', purpose: 'starts containers in a third of the time that runc takes' },
  { command: 'nft', package: 'nftables', purpose: 'compares what worlds leave in the nf_tables of nodes' },
  { command: 'tcpdump', package: 'tcpdump', purpose: '`verify --capture`' },
];

/** The CNI plugins that containerd itself and the built-in networks run, and the package that has them. */
export const requiredPlugins = {
  names: ['loopback', 'bridge', 'ptp', 'macvlan', 'host-local', 'portmap'],
  package: 'containernetworking-plugins',
  purpose: 'connects pods',
} as const;

/** Something that is not installed. */
export interface Shortage {
  /** As sentences name it. */
  readonly what: string;
  readonly package: string;
  readonly purpose: string;
}

/** Which of these commands this machine lacks. */
export const missingCommands = async (required: readonly RequiredCommand[]): Promise<readonly Shortage[]> => {
  const found = await Promise.all(required.map(({ command }) => findCommand(command)));
  return required
    .filter((_, index) => found[index] === undefined)
    .map(({ command, ...rest }) => ({ what: `\`${command}\``, ...rest }));
};

/** Which commands and CNI plugins this machine lacks for making nodes. */
export const shortages = async (): Promise<readonly Shortage[]> => {
  const { names, ...rest } = requiredPlugins;
  const [commands, plugins] = await Promise.all([
    missingCommands(requiredCommands),
    Promise.all(names.map((name) => findCommand(name, cniBinDirs))),
  ]);
  const missing = names.filter((_, index) => plugins[index] === undefined);
  return [...commands, ...missing.map((name) => ({ what: `the CNI plugin ${name}`, ...rest }))];
};

/** Why this machine cannot make nodes; undefined when it can. */
export const containerdRefusal = async (): Promise<Refusal | undefined> => {
  const self = await effectiveUser();
  if (self === undefined) {
    return {
      reason: 'its nodes are made of Linux namespaces, and this is no Linux',
      remedy: 'run it on Linux',
    };
  }
  if (self !== 0) return { reason: `needs root; running as uid ${self}`, remedy: 'run it with sudo' };
  const missing = await shortages();
  if (missing.length > 0) {
    return {
      reason: `${list(missing.map(({ what }) => what))} ${missing.length === 1 ? 'is' : 'are'} not installed`,
      remedy: `apt-get install --no-install-recommends ${[...new Set(missing.map((shortage) => shortage.package))].join(' ')}`,
    };
  }
  const cgroups = '/sys/fs/cgroup';
  const mounted = await Promise.any([
    access(join(cgroups, 'cgroup.controllers')),
    access(join(cgroups, 'cpu')),
  ]).then(
    () => true,
    () => false,
  );
  if (!mounted) {
    return {
      reason: `no cgroups are mounted at ${cgroups}`,
      remedy: 'mount them: `mount -t cgroup2 cgroup2 /sys/fs/cgroup`',
    };
  }
  return undefined;
};

/** The effective user id; undefined where there is no /proc. */
const effectiveUser = async (): Promise<number | undefined> => {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => undefined);
  const match = /^Uid:\s+\d+\s+(\d+)/m.exec(status ?? '');
  return match === null ? undefined : Number(match[1]);
};

const list = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
