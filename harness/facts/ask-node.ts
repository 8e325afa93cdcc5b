import { randomBytes } from 'node:crypto';
import type { Node } from '../domain/cluster.js';
import { NetclaimsError } from '../domain/error.js';
import { hasOwnNetns, type ContainerRecord, type PodRecord } from '../domain/pod-record.js';
import { readAnswers, type Answer } from './answers.js';
import { nodeScript } from './node-script.js';
import { oneLine } from './printed.js';
import { unbatch } from './unbatch.js';

/** What the node must know of a pod to look into it. */
export interface AskedPod extends Pick<PodRecord, 'hostNetwork' | 'netnsPath'> {
  readonly sandbox: Pick<PodRecord['sandbox'], 'pid'>;
  readonly containers: readonly Pick<ContainerRecord, 'pid'>[];
}

/**
 * Asks a node everything that facts of it and of its pods are read from, in one command, whatever the number of pods.
 * @throws NetclaimsError when the command could not be run, or what came back is not whole
 */
export const askNode = async (
  node: Node,
  pods: readonly AskedPod[],
  timeoutMs: number,
  signal: AbortSignal,
): Promise<readonly Answer[]> => {
  // The script reads what it collected brace by brace, as the JSON in it is made.
  const mark = `{${randomBytes(16).toString('hex')}{`;
  const { exitCode, stdout, stderr } = await node.exec(
    {
      argv: ['sh', '-c', nodeScript, 'netclaims-facts'],
      stdin: [mark, ...subjects(pods), ''].join('\n'),
      timeoutMs,
    },
    signal,
  );
  const broken = (what: string, cause?: unknown) =>
    new NetclaimsError({
      code: 'probe/broken-answer',
      what: `the facts of node ${node.name} could not be read: ${what}`,
      evidence: stderr.trim() === '' ? [] : [oneLine(stderr)],
      remedy: 'see that the node has a POSIX sh and coreutils',
      cause,
    });
  if (exitCode !== 0) throw broken(`the command ended with ${exitCode}`);
  try {
    return readAnswers(stdout, mark).flatMap(unbatch);
  } catch (error) {
    throw broken(error instanceof Error ? error.message : String(error), error);
  }
};

/** What the script is to look at, a line each. */
const subjects = (pods: readonly AskedPod[]): readonly string[] => {
  const lines = pods.flatMap((pod) => [
    ...(hasOwnNetns(pod) ? [`netns ${pod.netnsPath}`] : []),
    ...(pod.sandbox.pid > 0 ? [`sandbox ${pod.sandbox.pid}`] : []),
    ...pod.containers.filter(({ pid }) => pid > 0).map(({ pid }) => `container ${pid}`),
  ]);
  return [...new Set(lines)];
};
