import { quote } from 'zx/core';
import type { Command, CommandResult, Node } from '../../../domain/cluster.js';
import { NetclaimsError } from '../../../domain/error.js';
import { commandEnvironment, runCommand } from '../../command.js';

/** The argv that runs a command in all namespaces of a node, or in another netns that the node has. */
export const enterNode = (
  initPid: number,
  { argv, netns }: Pick<Command, 'argv' | 'netns'>,
): readonly string[] => [
  'nsenter',
  `--target=${initPid}`,
  '--mount',
  '--uts',
  '--ipc',
  '--net',
  '--pid',
  '--',
  // The path is the node's, so it can only be opened from there.
  ...(netns === undefined ? [] : ['nsenter', `--net=${netns}`, '--']),
  ...argv,
];

/** A node as something that runs commands. */
export const nodeOf = (name: string, initPid: number): Node => ({
  name,
  exec: async (command, signal) => {
    // nsenter hands its environment on, and /proc shows one to its owner only.
    const options = { ...command, env: { ...commandEnvironment, ...command.env } };
    const result = await runCommand(enterNode(initPid, command), options, signal);
    return startedOn(name, initPid, command, result);
  },
  replay: (command) => enterNode(initPid, command).map(quote).join(' '),
});

/** Tells a command's own failure from one of entering the node, which nsenter reports by an exit code as well. */
const startedOn = (
  node: string,
  initPid: number,
  { argv, netns }: Command,
  result: CommandResult,
): CommandResult => {
  if (result.exitCode === 0) return result;
  const evidence = result.stderr.trim().split('\n').slice(0, 1);
  const [said = ''] = evidence;
  if (
    said.startsWith(`nsenter: cannot open /proc/${initPid}/ns/`) ||
    said.startsWith('nsenter: reassociate')
  ) {
    throw new NetclaimsError({
      code: 'cluster/node-gone',
      what: `node ${node} is not there any more`,
      evidence,
      remedy: 'see whether something ended its processes, and run again',
    });
  }
  if (netns !== undefined && said.startsWith(`nsenter: cannot open ${netns}:`)) {
    throw new NetclaimsError({
      code: 'probe/no-netns',
      what: `node ${node} has no network namespace ${netns}`,
      evidence,
    });
  }
  const file = argv[0] ?? '';
  if (said.startsWith(`nsenter: failed to execute ${file}:`)) {
    throw new NetclaimsError({
      code: 'probe/not-started',
      what: `\`${file}\` could not be started on node ${node}`,
      evidence,
      remedy: `see that \`${file}\` is installed there`,
    });
  }
  return result;
};
