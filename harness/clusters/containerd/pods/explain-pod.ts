import { constants } from 'node:os';
import { noEvidence } from '../../../domain/absent.js';
import { asEvidence, describeError, NetclaimsError } from '../../../domain/error.js';
import { blames } from '../../../domain/failure.js';
import { placeOf } from './pod-manifest.js';
import { phaseOf } from './pod-phase.js';
import type { PodRunner } from './pod-runner.js';
import type { ContainerState, ExitedProcess } from './pod-state.js';

/** The last lines of a container's log. */
type LogReader = (container: string, attempt: number) => Promise<readonly string[]>;

/** Why a pod will not become ready: its place in the manifest, the container to blame, what was last seen, the last lines of its log. */
export const hopelessError = async (
  { identity, state }: Pick<PodRunner, 'identity' | 'state'>,
  blamed: { readonly container: string | undefined; readonly error: Error | undefined },
  logOf: LogReader,
): Promise<Error> => {
  const { pod } = identity;
  const { container, error } = blamed;
  if (error !== undefined) return podError(error, placeOf(pod), pod.name);
  const seen = container === undefined ? undefined : state.containers.get(container);
  const process = seen?.process;
  if (container === undefined || seen === undefined || process?.state !== 'exited') {
    return notReady({ identity, state }, 'it failed', undefined, logOf);
  }
  const subject = `${placeOf(pod, container)} pod ${pod.name}, container ${container}`;
  if (process.startError !== undefined) {
    return new NetclaimsError({
      code: 'pod/not-started',
      what: `${subject} could not be started`,
      evidence: asEvidence(process.startError).slice(0, 4),
      remedy: "see whether `command`, `workingDir` and the image's content go together",
      cause: process.startError,
    });
  }
  return new NetclaimsError({
    code: 'pod/exited',
    what: `${subject} ${exitText(process)}${seen.attempt > 0 ? `; it had been restarted ${times(seen.attempt)}` : ''}`,
    evidence: [...(await logLines(container, seen, logOf)), `restartPolicy: ${pod.restartPolicy}`],
    remedy:
      'see what the container says; a container of a pod must go on running, or end with 0 under another restartPolicy',
  });
};

/** That a pod was not ready when there was no more time, with the state of each of its containers. */
export const notReady = async (
  { identity, state }: Pick<PodRunner, 'identity' | 'state'>,
  why: string,
  cause: unknown,
  logOf: LogReader,
): Promise<Error> => {
  const { pod } = identity;
  const containers = await Promise.all(
    [...pod.initContainers, ...pod.containers].map(async ({ name }) => {
      const seen = state.containers.get(name);
      const lines = seen === undefined ? [] : await logLines(name, seen, logOf);
      return [`container ${name}: ${stateText(seen)}`, ...lines];
    }),
  );
  return new NetclaimsError({
    code: 'pod/not-ready',
    what: `${placeOf(pod)} pod ${pod.name} did not get ready: ${why}`,
    evidence: [
      `pod ${pod.name}: ${phaseOf(pod, state)}, sandbox ${state.sandbox?.phase ?? 'not made'}`,
      ...containers.flat(),
    ],
    remedy: 'see what its containers wait for',
    cause,
  });
};

/** An error from below with the pod's name and place added; what names them already, or is the cluster's failure, stays as it is. */
const podError = (error: Error, place: string, pod: string): Error => {
  if (!(error instanceof NetclaimsError) || blames(error, 'cluster') || error.code === 'pod/image') {
    return error;
  }
  const { code, message, evidence, remedy } = error;
  return new NetclaimsError({
    code: code === 'pod/cri-refused' ? 'pod/no-sandbox' : code,
    what: `${place} pod ${pod}: ${code === 'pod/cri-refused' ? 'its sandbox or network could not be made' : message}`,
    evidence,
    remedy,
    cause: error,
  });
};

/** What is known of a pod, line by line, for a diagnosis. */
export const podAccount = ({ identity, state }: Pick<PodRunner, 'identity' | 'state'>): string => {
  const { pod } = identity;
  const containers = [...pod.initContainers, ...pod.containers].map(
    ({ name }) => `container ${name}: ${stateText(state.containers.get(name))}`,
  );
  const { trouble, sandbox } = state;
  const lines = [
    `pod ${pod.name} (${identity.uid}): ${phaseOf(pod, state)}`,
    `sandbox: ${sandbox === undefined ? 'not made' : `${sandbox.phase}, attempt ${sandbox.attempt}, ${sandbox.id}`}`,
    ...containers,
    ...(trouble === undefined ? [] : ['what could not be done last:', describeError(trouble)]),
  ];
  return `${lines.join('\n')}\n`;
};

const logLines = async (container: string, { attempt }: ContainerState, logOf: LogReader) => {
  const lines = await logOf(container, attempt).catch(noEvidence);
  return lines.map((line) => `${container} | ${line}`);
};

const stateText = (seen: ContainerState | undefined): string => {
  if (seen === undefined) return 'not made yet';
  const { process, unreadyBecause } = seen;
  const probe = unreadyBecause === '' ? '' : `; its readiness probe did not succeed: ${unreadyBecause}`;
  switch (process.state) {
    case 'created':
      return 'made, not running yet';
    case 'running':
      return `running as process ${process.pid}${probe}`;
    case 'exited':
      return exitText(process);
  }
};

const exitText = ({ exitCode, ranMs }: ExitedProcess): string => {
  const [signal] = Object.entries(constants.signals).find(([, number]) => exitCode === 128 + number) ?? [];
  const after = ranMs === undefined ? '' : `, ${readable(ranMs)} after its start`;
  return `ended with code ${exitCode}${signal === undefined ? '' : ` (${signal})`}${after}`;
};

const readable = (ms: number): string => (ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`);

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);
