import { quote } from 'zx/core';
import type { Command, CommandResult, Node } from '../../../domain/cluster.js';
import { NetclaimsError } from '../../../domain/error.js';
import type { Engine } from '../engine/engine.js';

/** The argv of a command of a node, as its container runs it. */
const onNode = ({ argv, netns }: Pick<Command, 'argv' | 'netns'>): readonly string[] =>
  netns === undefined ? argv : ['nsenter', `--net=${netns}`, '--', ...argv];

/** A node as something that runs commands, through the engine that has its container. */
export const dockerNode = (engine: Engine, name: string): Node => ({
  name,
  exec: async (command, signal) => {
    const { env, stdin, timeoutMs, mayBeCut } = command;
    const options = {
      argv: onNode(command),
      env,
      timeoutMs,
      mayBeCut,
      ...(stdin === undefined ? {} : { stdin }),
    };
    const result = await engine.exec(name, options, signal);
    return startedOn(name, command, result);
  },
  replay: (command) => enterLine(engine.cli, name, onNode(command)),
});

/** One shell line that runs a command in a node's container; a shell gets a terminal, for it is a person who wants it. */
const enterLine = (cli: readonly string[], name: string, argv: readonly string[]): string => {
  const terminal = argv.length === 1 && /^(ba)?sh$/.test(argv[0] ?? '');
  return [...cli, 'exec', ...(terminal ? ['--interactive', '--tty'] : []), name, ...argv]
    .map(quote)
    .join(' ');
};

/** Tells a command's own failure from one of starting it, which the tools on the way report by an exit code as well. */
const startedOn = (
  node: string,
  { argv, netns }: Pick<Command, 'argv' | 'netns'>,
  result: CommandResult,
): CommandResult => {
  if (result.exitCode === 0) return result;
  const [said = ''] = result.stderr.trim().split('\n');
  const file = argv[0] ?? '';
  if (netns !== undefined && said.startsWith(`nsenter: cannot open ${netns}:`)) {
    throw new NetclaimsError({
      code: 'probe/no-netns',
      what: `node ${node} has no network namespace ${netns}`,
      evidence: [said],
    });
  }
  if (
    said.startsWith(`nsenter: failed to execute ${file}:`) ||
    said.startsWith('timeout: failed to run command') ||
    said.startsWith('OCI runtime exec failed')
  ) {
    throw new NetclaimsError({
      code: 'probe/not-started',
      what: `\`${file}\` could not be started on node ${node}`,
      evidence: [said],
      remedy: `see that \`${file}\` is in the node image`,
    });
  }
  return result;
};
