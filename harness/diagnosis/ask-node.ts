import { randomBytes } from 'node:crypto';
import type { Artifact } from '../domain/artifact.js';
import type { Node } from '../domain/cluster.js';
import { NetclaimsError } from '../domain/error.js';
import { hasOwnNetns, type PodRecord } from '../domain/pod-record.js';
import { diagnosisScript } from './node-script.js';

/** What a node prints of each command, in bytes; what is kept of a file is less. */
const mostOfCommand = 1024 * 1024;

/** Of more pods than this on a node, only the first are looked into. */
const mostPods = 20;

export interface NodeQuestion {
  readonly namespace: string;
  /** When the world was opened. */
  readonly sinceMs: number;
  readonly pods: readonly PodRecord[];
  readonly timeoutMs: number;
}

/**
 * What a node and the network namespaces of its pods say of themselves, by one command.
 * @throws NetclaimsError when the command could not be run, or what came back is not whole
 */
export const askNode = async (
  node: Node,
  { namespace, sinceMs, pods, timeoutMs }: NodeQuestion,
  signal: AbortSignal,
): Promise<readonly Artifact[]> => {
  const mark = `{${randomBytes(16).toString('hex')}}`;
  const places = pods.filter(hasOwnNetns).slice(0, mostPods);
  const lines = [
    mark,
    namespace,
    String(Math.floor(sinceMs / 1_000)),
    String(mostOfCommand),
    ...places.map(({ name, netnsPath }) => `${name} ${netnsPath}`),
    '',
  ];
  const { exitCode, stdout, stderr } = await node.exec(
    { argv: ['sh', '-c', diagnosisScript, 'netclaims-diagnosis'], stdin: lines.join('\n'), timeoutMs },
    signal,
  );
  const files = framesOf(stdout, mark);
  if (exitCode !== 0 || files.at(-1)?.name !== 'end') {
    throw new NetclaimsError({
      code: 'probe/broken-answer',
      what: `node ${node.name} did not answer in full (the command ended with ${exitCode})`,
      evidence: stderr.trim() === '' ? [] : stderr.trim().split('\n').slice(-3),
    });
  }
  return files.slice(0, -1).map(({ name, content }) => ({
    name: name.startsWith('pod-') ? name : `node-${node.name}-${name}`,
    content: name.endsWith('.log') ? content : content.trimStart(),
    keep: name === 'log' || name.endsWith('.log') ? 'end' : 'beginning',
  }));
};

const framesOf = (stdout: string, mark: string) =>
  stdout
    .split(`\n${mark}`)
    .slice(1)
    .map((frame) => {
      const end = frame.indexOf('\n');
      return { name: frame.slice(0, end), content: frame.slice(end + 1) };
    });
