import type { RequiredCommand } from '../domain/required-command.js';

/** What facts are read with, on each node. */
export const requiredTools: readonly RequiredCommand[] = [
  { command: 'ip', package: 'iproute2', purpose: 'reads links, addresses, routes, rules and neighbours' },
  { command: 'ethtool', package: 'ethtool', purpose: "reads a veth's peer_ifindex" },
  { command: 'nsenter', package: 'util-linux', purpose: "enters a pod's network namespace" },
  { command: 'lsns', package: 'util-linux', purpose: 'lists network namespaces and their owners' },
  { command: 'stat', package: 'coreutils', purpose: 'reads the identity of a network namespace' },
  { command: 'grep', package: 'grep', purpose: 'reads the state and the command line of processes' },
  { command: 'ls', package: 'coreutils', purpose: 'lists CNI files' },
  { command: 'cat', package: 'coreutils', purpose: 'reads CNI files' },
  { command: 'uname', package: 'coreutils', purpose: 'names the kernel' },
  { command: 'base64', package: 'coreutils', purpose: 'carries what the others print' },
];

/** Why a fact could not be read on a node that lacks a tool, and the remedy. */
export const missingTool = (tool: string, node: string): string => {
  const known = requiredTools.find(({ command }) => command === tool);
  return `\`${tool}\` is not installed on node ${node}: install ${known?.package ?? tool} on the node`;
};
