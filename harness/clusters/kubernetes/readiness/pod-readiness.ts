import { awaitAnnotation } from '../../await-annotation.js';
import type { ContainerStatus, PodObject } from '../objects/kube-types.js';
import { exitText, stateText } from './container-text.js';
import { hopeless, pending, ready, type PodFailure, type Readiness } from './readiness.js';

/** The reasons for which a kubelet does not start a container and, as experience has it, will not a minute later either. */
const imageReasons = [
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
];
const startReasons = [
  'CreateContainerConfigError',
  'CreateContainerError',
  'PreCreateHookError',
  'PostStartHookError',
];

/** Whether a pod is ready: all its containers are, or have done what they had to do. */
export const podReadiness = (pod: PodObject): Readiness => {
  const { phase, message, reason, conditions = [] } = pod.status ?? {};
  const awaited = pod.metadata?.annotations?.[awaitAnnotation];
  if (awaited === 'nothing') return ready;
  const blamed = statusesOf(pod)
    .map((status) => containerFailure(status, pod.spec?.restartPolicy))
    .find((failure) => failure !== undefined);
  if (blamed !== undefined) return hopeless(blamed);
  switch (phase) {
    case 'Succeeded':
      return ready;
    case 'Failed':
      return hopeless({
        code: 'pod/failed',
        container: undefined,
        says: `failed: ${reason ?? 'no reason is given'}`,
        evidence: message === undefined ? [] : [message],
        remedy: 'see what the events say',
      });
    case 'Running': {
      if (conditions.some(({ type, status }) => type === 'Ready' && status === 'True')) return ready;
      const running = (pod.status?.containerStatuses ?? []).every(
        ({ state }) => state?.running !== undefined,
      );
      return awaited === 'running' && running ? ready : pending(containersText(pod));
    }
    default: {
      const scheduled = conditions.find(({ type }) => type === 'PodScheduled');
      return pending(
        scheduled?.status === 'False'
          ? `it has no node: ${scheduled.message ?? scheduled.reason ?? ''}`
          : containersText(pod),
      );
    }
  }
};

const statusesOf = ({ status = {} }: PodObject): readonly ContainerStatus[] => [
  ...(status.initContainerStatuses ?? []),
  ...(status.containerStatuses ?? []),
];

const containersText = (pod: PodObject): string =>
  statusesOf(pod)
    .filter(({ ready: isReady, state }) => !isReady && state?.terminated?.exitCode !== 0)
    .map((status) => `container ${status.name} is ${stateText(status)}`)
    .join('; ') || `it is ${pod.status?.phase ?? 'not known yet'}`;

/** Why a container will not come to run; undefined when it may. */
const containerFailure = (
  { name, state, lastState, restartCount }: ContainerStatus,
  restartPolicy: string | undefined,
): PodFailure | undefined => {
  const { reason = '', message } = state?.waiting ?? {};
  const evidence = message === undefined ? [] : [message];
  if (imageReasons.includes(reason)) {
    return {
      code: 'pod/image',
      container: name,
      says: `has no image: ${reason}`,
      evidence,
      remedy:
        'see that the name is right, and that the nodes reach the registry or have the image; `--load FILE` puts an archive on the nodes of --cluster kind',
    };
  }
  const ended = state?.running === undefined ? (state?.terminated ?? lastState?.terminated) : undefined;
  // A start may fail because a kubelet or a runtime is itself restarted in that moment; it is tried again at once.
  const isLast = restartPolicy === 'Never' || restartCount > 0 || reason === 'CrashLoopBackOff';
  const notStarted = isLast && (ended?.reason === 'StartError' || ended?.reason === 'ContainerCannotRun');
  if (startReasons.includes(reason) || notStarted) {
    return {
      code: 'pod/not-started',
      container: name,
      says: `could not be started: ${notStarted ? (ended.reason ?? '') : reason}`,
      evidence: notStarted && ended.message !== undefined ? [ended.message] : evidence,
      remedy: "see whether `command`, `env`, the volumes and the image's content go together",
    };
  }
  const isOver =
    state?.terminated !== undefined && state.terminated.exitCode !== 0 && restartPolicy === 'Never';
  if (ended === undefined || !(isOver || reason === 'CrashLoopBackOff')) return undefined;
  return {
    code: 'pod/exited',
    container: name,
    says: `${exitText(ended)}${restartCount > 0 ? `; it had been restarted ${times(restartCount)}` : ''}`,
    evidence: [`restartPolicy: ${restartPolicy ?? 'Always'}`],
    remedy:
      'see what the container says; a container of a pod must go on running, or end with 0 under another restartPolicy',
  };
};

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);
