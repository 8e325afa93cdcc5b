import { status } from '@grpc/grpc-js';
import { NetclaimsError } from '../../../domain/error.js';

/** Whose failure it is when containerd answers with an error: the pod's that it was asked for, or the cluster's. */
export type Blame = 'pod' | 'cluster';

/** What gRPC says of a call that failed. */
export interface CallFailure {
  readonly code: status;
  readonly details: string;
}

/**
 * What a failed call means. A connection that broke is always `cluster/cri-lost`, so that it is never taken for a pod's failure; a
 * call without an answer in time is `cluster/cri-timeout`; an older containerd `cluster/cri-too-old`; a refusal in containerd's own words
 * `pod/cri-refused` or `cluster/cri-failed`.
 */
export const criError = (method: string, failure: CallFailure, blame: Blame): NetclaimsError => {
  const parts = { evidence: [`${method}: ${failure.details}`], cause: failure };
  switch (failure.code) {
    case status.UNAVAILABLE:
      return new NetclaimsError({
        code: 'cluster/cri-lost',
        what: "containerd does not answer on its socket any more: the cluster's node is gone or its containerd was killed",
        remedy: 'run it again; when it happens again, look at the log of containerd on the node',
        ...parts,
      });
    case status.DEADLINE_EXCEEDED:
      return new NetclaimsError({
        code: 'cluster/cri-timeout',
        what: `containerd did not finish ${method} in time`,
        remedy:
          "see whether this machine is overloaded or a CNI plugin hangs (containerd's log on the node names it)",
        ...parts,
      });
    case status.UNIMPLEMENTED:
      return new NetclaimsError({
        code: 'cluster/cri-too-old',
        what: 'this containerd does not speak version 1 of the container runtime interface',
        remedy: 'install containerd 1.6 or newer, with its CRI plugin enabled',
        ...parts,
      });
    default:
      return new NetclaimsError({
        code: blame === 'pod' ? 'pod/cri-refused' : 'cluster/cri-failed',
        what: `containerd failed at ${method}`,
        remedy: "containerd's own words say what to mend",
        ...parts,
      });
  }
};

/** Whether an error says that containerd is gone, so that nothing else will work either. */
export const isConnectionLost = (error: unknown): boolean =>
  error instanceof NetclaimsError && error.code === 'cluster/cri-lost';

/** Whether containerd listens already but its CRI plugin is still starting: the plugin's own words, in its instrumented_service.go. */
export const isStarting = (error: unknown): boolean =>
  error instanceof NetclaimsError &&
  error.code === 'cluster/cri-failed' &&
  error.evidence.some((line) => line.includes('server is not initialized yet'));
