import { NetclaimsError } from '../../../domain/error.js';
import type { Json } from '../../../domain/fact-types.js';
import type { ContainerRecord, PodRecord } from '../../../domain/pod-record.js';
import { phaseOf } from './pod-phase.js';
import type { PodIdentity } from './pod-identity.js';
import type { PodContainer } from './pod-manifest.js';
import type { PodState, SandboxState } from './pod-state.js';

/** A pod as others are told of it. @param network the name of the CNI network */
export const podRecord = (
  { pod, namespace, uid, node }: PodIdentity,
  state: PodState,
  network: string,
): PodRecord => {
  const hostNetwork = pod.spec.hostNetwork === true;
  const { sandbox } = state;
  // What a stopped sandbox had has been given back, and may be another pod's by now.
  const current = sandbox?.phase === 'stopped' ? undefined : sandbox;
  return {
    name: pod.name,
    namespace,
    uid,
    node: node.name,
    phase: phaseOf(pod, state),
    trouble: troubleOf(state),
    hostNetwork,
    ips: current === undefined ? [] : hostNetwork ? node.ips : current.status.ips,
    netnsPath: current === undefined ? '' : hostNetwork ? ownNetns(current) : current.status.netnsPath,
    sandbox: {
      id: sandbox?.id ?? '',
      pid: sandbox?.phase === 'ready' ? sandbox.status.pid : -1,
      image: sandbox?.status.image ?? '',
      ready: sandbox?.phase === 'ready',
    },
    containers: pod.containers.map((container) => containerRecord(container, state)),
    cni: {
      network: hostNetwork ? '' : network,
      // It was JSON when containerd gave it to us.
      result: hostNetwork ? null : ((current?.status.cniResult ?? null) as Json),
    },
  };
};

/** The error that the pod's loop is at, or that of a container that could not be started. */
const troubleOf = ({ trouble, containers }: PodState): string => {
  const [notStarted] = [...containers.values()].flatMap(({ process }) =>
    process.state === 'exited' ? (process.startError ?? []) : [],
  );
  const error = trouble ?? notStarted;
  if (!(error instanceof NetclaimsError)) return error?.message ?? '';
  const { code, message, evidence } = error;
  return code === 'pod/cri-refused' ? evidence.map(inShort).join(': ') : [message, ...evidence].join(': ');
};

/** containerd's words without the call and the sandbox, which whoever asks for this pod knows, so that the reason is not cut off. */
const inShort = (evidence: string): string =>
  evidence.replace(/^\w+: (rpc error: code = \w+ desc = )?/, '').replaceAll(/ "[0-9a-f]{64}"/g, '');

/** On the node's network the pause process is in the node's netns; without it there is nothing of the pod's to name that by. */
const ownNetns = ({ phase, status }: SandboxState): string =>
  phase === 'ready' ? `/proc/${status.pid}/ns/net` : '';

const containerRecord = ({ name, image = '' }: PodContainer, state: PodState): ContainerRecord => {
  const seen = state.containers.get(name);
  const process = seen?.process;
  return {
    name,
    id: seen?.id ?? '',
    pid: process?.state === 'running' ? process.pid : -1,
    image,
    restarts: seen?.attempt ?? 0,
    state: process?.state ?? 'created',
  };
};
