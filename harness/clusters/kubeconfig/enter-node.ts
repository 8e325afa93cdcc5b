import type { Command } from '../../domain/cluster.js';

const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Into the mount and network namespaces of the node's first process, which a pod with hostPID sees as process 1. The node's `env` starts the
 * command: a busybox that is told to start `sh` may start itself instead, and in it `ip` would be busybox' own.
 */
const enter = ['nsenter', '-t', '1', '-m', '-n', '--', '/usr/bin/env', path, 'LC_ALL=C.UTF-8'] as const;

/** The argv of a command on a node, from where the node's first process is process 1. */
export const onNode = ({ argv, netns }: Pick<Command, 'argv' | 'netns'>): readonly string[] => [
  ...enter,
  // The path is the node's, so it can only be opened from there.
  ...(netns === undefined ? [] : ['nsenter', `--net=${netns}`, '--']),
  ...argv,
];

/**
 * The same for the node pod. Through the API no signal reaches a command, so that `timeout` ends it; nor can every server tell it that its standard
 * input has ended, so that it comes as an argument.
 */
export const inNodePod = (command: Command): readonly string[] => {
  const { stdin, timeoutMs } = command;
  const limited = ['timeout', '-s', 'KILL', String(Math.ceil(timeoutMs / 1_000) + 1), ...onNode(command)];
  return stdin === undefined ? limited : ['sh', '-c', 'printf %s "$0" | "$@"', stdin, ...limited];
};
