import type { Command, CommandResult } from '../../../domain/cluster.js';
import { deadline } from '../../../domain/deadline.js';
import { NetclaimsError } from '../../../domain/error.js';
import { collectOutput } from '../../output/command-output.js';
import type { CriClient } from '../cri/cri-client.js';
import type { PipeFolder } from '../cri/exec-pipes.js';
import { notEndedInTime } from '../../../domain/not-in-time.js';

/** A container that runs, and where pipes to it are made. */
export interface ExecTarget {
  readonly id: string;
  readonly name: string;
  readonly pipes: PipeFolder;
}

/**
 * Runs a command in a container.
 * @throws NetclaimsError `probe/not-started` or `probe/timeout` when it has no result, `cluster/cri-…` when containerd does not answer
 */
export const execInContainer = async (
  cri: CriClient,
  { id, name, pipes }: ExecTarget,
  command: Omit<Command, 'netns'>,
  signal: AbortSignal,
): Promise<CommandResult> => {
  const subject = `\`${command.argv.join(' ')}\` in ${name}`;
  const output = collectOutput(`\`${command.argv[0] ?? ''}\` in ${name}`, command);
  const stop = deadline(command.timeoutMs, signal);
  try {
    return output.result(await cri.exec(id, command, { pipes, output }, stop));
  } catch (cause) {
    signal.throwIfAborted();
    if (stop.aborted) {
      throw notEndedInTime('probe/timeout', subject, command.timeoutMs, {
        evidence: output.lastLines(),
        cause,
      });
    }
    if (!(cause instanceof NetclaimsError) || cause.code !== 'pod/cri-refused') throw cause;
    throw new NetclaimsError({
      code: 'probe/not-started',
      what: `${subject} could not be started`,
      evidence: cause.evidence,
      remedy:
        "see that the container runs and that its image has the command; `in: {netns: POD}` uses the node's own tools",
      cause,
    });
  }
};

/** The argv that runs the same command from a shell on the node; there is no crictl in Debian. */
export const execArgv = (containerId: string, argv: readonly string[]): readonly string[] => [
  'ctr',
  '--namespace=k8s.io',
  'tasks',
  'exec',
  '--exec-id=replay',
  containerId,
  ...argv,
];
