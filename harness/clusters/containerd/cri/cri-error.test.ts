import { describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { criError, isConnectionLost, isStarting } from './cri-error.js';

describe('criError', () => {
  it.each([
    [status.UNAVAILABLE, 'cluster/cri-lost', 'cluster/cri-lost'],
    [status.DEADLINE_EXCEEDED, 'cluster/cri-timeout', 'cluster/cri-timeout'],
    [status.UNIMPLEMENTED, 'cluster/cri-too-old', 'cluster/cri-too-old'],
    [status.UNKNOWN, 'pod/cri-refused', 'cluster/cri-failed'],
    [status.INVALID_ARGUMENT, 'pod/cri-refused', 'cluster/cri-failed'],
  ])('knows whose failure code %i is', (code, blamingPod, blamingCluster) => {
    const failure = { code, details: 'the words of containerd' };
    expect(criError('RunPodSandbox', failure, 'pod')).toMatchObject({
      code: blamingPod,
      evidence: ['RunPodSandbox: the words of containerd'],
    });
    expect(criError('Version', failure, 'cluster').code).toBe(blamingCluster);
  });
});

describe('isConnectionLost', () => {
  it('is true of that one failure only', () => {
    expect(isConnectionLost(criError('Version', { code: status.UNAVAILABLE, details: '' }, 'pod'))).toBe(
      true,
    );
    expect(
      isConnectionLost(criError('Version', { code: status.DEADLINE_EXCEEDED, details: '' }, 'pod')),
    ).toBe(false);
    expect(isConnectionLost(new Error('cluster/cri-lost'))).toBe(false);
  });
});

describe('isStarting', () => {
  it('knows a CRI plugin that has not started from one that fails', () => {
    const failure = (details: string) => criError('Version', { code: status.UNKNOWN, details }, 'cluster');
    expect(isStarting(failure('server is not initialized yet'))).toBe(true);
    expect(isStarting(failure('no space left on device'))).toBe(false);
    expect(isStarting(new Error('server is not initialized yet'))).toBe(false);
  });
});
