import type { ContainerConfig, Mount } from '../cri/cri-types.js';
import { environmentOf } from './environment.js';
import { expandVariables } from './expand-variables.js';
import { podFields, podLabels, type PodIdentity } from './pod-identity.js';
import type { PodContainer } from './pod-manifest.js';
import { resourcesOf } from './resources.js';
import { containerSecurity } from './security.js';

/** The request for a container, as a kubelet makes it. */
export const containerConfig = (
  identity: PodIdentity,
  container: PodContainer,
  run: {
    /** How often it was restarted. */
    readonly attempt: number;
    /** The name by which the runtime knows its image. */
    readonly image: string;
    readonly podIps: readonly string[];
    readonly mounts: readonly Mount[];
  },
): ContainerConfig => {
  const variables = environmentOf(container, podFields(identity, run.podIps));
  const expand = (words: readonly string[] = []) => words.map((word) => expandVariables(word, variables));
  return {
    metadata: { name: container.name, attempt: run.attempt },
    image: { image: run.image },
    command: expand(container.command),
    args: expand(container.args),
    workingDir: container.workingDir ?? '',
    envs: [...variables].map(([key, value]) => ({ key, value })),
    mounts: run.mounts,
    labels: { 'io.kubernetes.container.name': container.name, ...podLabels(identity) },
    annotations: {
      'io.kubernetes.container.restartCount': String(run.attempt),
      'io.kubernetes.pod.terminationGracePeriod': String(identity.pod.graceSeconds),
    },
    logPath: logPathOf(container.name, run.attempt),
    stdin: container.stdin ?? false,
    stdinOnce: container.stdinOnce ?? false,
    tty: container.tty ?? false,
    linux: {
      resources: resourcesOf(container),
      securityContext: containerSecurity(identity.pod, container),
    },
  };
};

/** Below the pod's folder of logs. */
export const logPathOf = (container: string, attempt: number): string => `${container}/${attempt}.log`;
