import { describe, expect, it } from '@jest/globals';
import { NetclaimsError } from '../../../domain/error.js';
import { removePods } from './remove-pods.js';

const never = new AbortController().signal;
const labels = { 'io.kubernetes.pod.namespace': 'demo' };
const metadata = { name: 'p', uid: 'u1', namespace: 'demo', attempt: 0 };

/** A node with one sandbox, whose removal fails with each of these errors in turn before it is done. */
const nodeFailingWith = (...errors: readonly Error[]) => {
  const calls: string[] = [];
  const left = [...errors];
  return {
    calls,
    cri: {
      listPodSandbox: () => Promise.resolve([{ id: 's', metadata, ready: true, labels }]),
      stopPodSandbox: () => Promise.resolve(void calls.push('stop')),
      removePodSandbox: () => {
        calls.push('remove');
        const error = left.shift();
        return error === undefined ? Promise.resolve() : Promise.reject(error);
      },
    },
    files: { remove: () => Promise.resolve(void calls.push('clear')) },
  };
};

const running = new Error('container is still running, to stop first');

describe('removePods', () => {
  it('stops and removes again what could not be removed while a container was starting', async () => {
    const node = nodeFailingWith(running, running);
    await removePods(labels, [], node, never);
    expect(node.calls).toEqual(['stop', 'remove', 'stop', 'remove', 'stop', 'remove', 'clear']);
  });

  it('gives up after the fifth attempt, and still removes the files', async () => {
    const node = nodeFailingWith(...Array<Error>(5).fill(running));
    await expect(removePods(labels, [], node, never)).rejects.toMatchObject({
      code: 'cluster/cleanup',
      evidence: [running.message],
    });
    expect(node.calls.filter((call) => call === 'remove')).toHaveLength(5);
    expect(node.calls.at(-1)).toBe('clear');
  });

  it('says why it was stopped, and not that it was', async () => {
    const stop = new AbortController();
    const late = new NetclaimsError({ code: 'step/timeout', what: 'did not end within 10 s' });
    const node = nodeFailingWith(running);
    const removing = removePods(labels, [], node, stop.signal);
    stop.abort(late);
    await expect(removing).rejects.toBe(late);
  });

  it('asks a containerd that is gone only once', async () => {
    const gone = new NetclaimsError({ code: 'cluster/cri-lost', what: 'gone' });
    const node = nodeFailingWith(gone, gone);
    await expect(removePods(labels, [], node, never)).rejects.toBe(gone);
    expect(node.calls).toEqual(['stop', 'remove', 'clear']);
  });
});
