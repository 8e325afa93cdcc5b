import { quote } from 'zx/core';
import type { Command, CommandResult, Node } from '../../domain/cluster.js';
import { NetclaimsError } from '../../domain/error.js';
import { blames } from '../../domain/failure.js';
import { hasStatus } from '../kubernetes/api/api-error.js';
import type { KubernetesApi } from '../kubernetes/kubernetes-api.js';
import { execInPod } from '../kubernetes/pods/exec-in-pod.js';
import { inNodePod, onNode } from './enter-node.js';
import { nodeContainer } from './node-pod.js';

export interface NodePlace {
  readonly api: Pick<KubernetesApi, 'client' | 'explain'>;
  readonly namespace: string;
  readonly image: string;
  readonly kubectl: readonly string[];
}

/** A node whose commands run through a pod on it. */
export const podNode = (name: string, pod: string, place: NodePlace): Node => ({
  name,
  exec: async (command, signal) => {
    const { argv, env, timeoutMs, mayBeCut } = command;
    const target = { namespace: place.namespace, pod, container: nodeContainer };
    try {
      const entering = { argv: inNodePod(command), env, timeoutMs, mayBeCut };
      const result = await execInPod(place.api, target, entering, signal);
      return startedOn(name, command, result);
    } catch (error) {
      throw forCommand(error, name, argv);
    }
  },
  replay: (command) => replayOn(name, command, place),
});

/** A node that no pod could be started on: each command says why. */
export const closedNode = (name: string, reason: string, place: NodePlace): Node => ({
  name,
  exec: () =>
    Promise.reject(
      new NetclaimsError({
        code: 'probe/no-node-access',
        what: `commands cannot be run on node ${name}`,
        evidence: [reason],
        remedy:
          'give the user the ClusterRole of docs/rbac.yaml, or use an image that the node has (--node-pod-image)',
      }),
    ),
  replay: (command) => replayOn(name, command, place),
});

/** The run's own pod is gone when somebody pastes this. */
const replayOn = (
  name: string,
  command: Pick<Command, 'argv' | 'netns'>,
  { kubectl, image }: NodePlace,
): string =>
  [
    ...kubectl,
    ...['debug', `node/${name}`, '--profile=sysadmin', `--image=${image}`, '--quiet', '-it', '--'],
    ...onNode(command),
  ]
    .map(quote)
    .join(' ');

/** Tells a command's own failure from one of entering, which nsenter reports by an exit code as well; busybox and util-linux word it differently. */
const startedOn = (node: string, { argv, netns }: Command, result: CommandResult): CommandResult => {
  if (result.exitCode === 0) return result;
  const evidence = result.stderr.trim().split('\n').slice(0, 1);
  const [said = ''] = evidence;
  if (!said.startsWith('nsenter:') && !(result.exitCode === 127 && said.startsWith('env:'))) return result;
  const file = argv[0] ?? '';
  if (netns !== undefined && said.includes(netns)) {
    throw new NetclaimsError({
      code: 'probe/no-netns',
      what: `node ${node} has no network namespace ${netns}`,
      evidence,
    });
  }
  if (said.includes('/proc/1/ns/') || said.includes('setns') || said.includes('reassociate')) {
    throw new NetclaimsError({
      code: 'probe/no-node-access',
      what: `the node pod may not enter node ${node}`,
      evidence,
      remedy:
        'see whether a policy of the cluster takes privileges away from pods of the namespaces netclaims-nodes-…',
    });
  }
  if (said.startsWith('env:') || said.includes(`execute ${file}`)) {
    throw new NetclaimsError({
      code: 'probe/not-started',
      what: `\`${file}\` could not be started on node ${node}`,
      evidence,
      remedy: `see that \`${file}\` is installed there`,
    });
  }
  return result;
};

/** What goes wrong with the pod is about the node, and the command that a person knows is not the one that ran in the pod. */
const forCommand = (error: unknown, node: string, argv: readonly string[]): unknown => {
  if (!(error instanceof NetclaimsError)) return error;
  if (error.code === 'probe/not-started' && hasStatus(error.cause, 404)) {
    return new NetclaimsError({
      code: 'cluster/node-gone',
      what: `the pod by which commands run on node ${node} is not there any more`,
      evidence: error.evidence,
      remedy: 'see whether the node is up, or whether something removes the pods of netclaims-nodes-…',
      cause: error,
    });
  }
  if (!blames(error, 'probe') || error.code === 'probe/no-netns') return error;
  return new NetclaimsError({
    code: error.code,
    what: error.message.replace(/^`[^`]*` in \S+/, `\`${argv[0] ?? ''}\` on node ${node}`),
    evidence: error.evidence,
    remedy: error.remedy,
    cause: error,
  });
};
