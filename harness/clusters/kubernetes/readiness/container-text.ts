import { constants } from 'node:os';
import type { ContainerStatus, EndedContainer } from '../objects/kube-types.js';

/** `ended with code 137 (SIGKILL), 2 s after its start`. */
export const exitText = ({ exitCode, startedAt, finishedAt, reason }: EndedContainer): string => {
  const [signal] = Object.entries(constants.signals).find(([, number]) => exitCode === 128 + number) ?? [];
  const ranMs =
    startedAt === undefined || finishedAt === undefined
      ? Number.NaN
      : new Date(finishedAt).getTime() - new Date(startedAt).getTime();
  const named = [...(signal === undefined ? [] : [signal]), ...(reason === 'OOMKilled' ? [reason] : [])];
  return [
    `ended with code ${exitCode}`,
    named.length === 0 ? '' : ` (${named.join(', ')})`,
    // The server counts in seconds.
    Number.isNaN(ranMs)
      ? ''
      : ranMs < 1_000
        ? ', within a second of its start'
        : `, ${ranMs / 1_000} s after its start`,
  ].join('');
};

/** What a container is at, with why it is not ready as far as the server knows. */
export const stateText = ({ state, ready }: ContainerStatus): string => {
  if (state?.running !== undefined)
    return ready ? 'running' : 'running, and its readiness probe did not succeed';
  if (state?.terminated !== undefined) return exitText(state.terminated).replace(/^ended/, 'over: it ended');
  const { reason, message } = state?.waiting ?? {};
  return [
    'waiting',
    ...(reason === undefined ? [] : [reason]),
    ...(message === undefined ? [] : [message]),
  ].join(': ');
};
