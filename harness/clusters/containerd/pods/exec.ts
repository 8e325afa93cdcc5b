import type { Command, CommandResult } from '../../../domain/cluster.js';
import { deadline } from '../../../domain/deadline.js';
import { NetclaimsError } from '../../../domain/error.js';
import type { CriClient } from '../cri/cri-client.js';

/**
 * Runs a command in a container.
 * @throws NetclaimsError `probe/not-started` or `probe/timeout` when it has no result, `cluster/cri-…` when containerd does not answer
 */
export const execInContainer = async (
  cri: CriClient,
  container: { readonly id: string; readonly name: string },
  { argv, stdin, timeoutMs }: Omit<Command, 'netns'>,
  signal: AbortSignal,
): Promise<CommandResult> => {
  const subject = `\`${argv.join(' ')}\` in ${container.name}`;
  if (stdin !== undefined) {
    throw new NetclaimsError({
      code: 'probe/not-started',
      what: `${subject} was not started: the runtime interface hands no standard input to a command`,
      remedy: 'let the command read what it needs from its arguments',
    });
  }
  const stop = deadline(timeoutMs, signal);
  try {
    // containerd counts in whole seconds and kills the command when it loses its caller; its own limit is for a caller that was killed.
    return await cri.execSync(container.id, argv, Math.ceil(timeoutMs / 1_000) + 1, stop);
  } catch (cause) {
    signal.throwIfAborted();
    if (stop.aborted) {
      throw new NetclaimsError({
        code: 'probe/timeout',
        what: `${subject} did not end within ${timeoutMs} ms`,
        remedy: 'give it more time, or see what it waits for',
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
