import { describe, expect, it } from '@jest/globals';
import * as read from './read-answers.js';

const metadata = { name: 'web', uid: 'u', namespace: 'n', attempt: 1 };

describe('sandboxStatus', () => {
  const status = {
    id: 's',
    metadata,
    state: 'SANDBOX_READY',
    labels: {},
    network: { ip: '10.0.0.2', additionalIps: [{ ip: 'fd00::2' }] },
  };
  const details = {
    pid: 86,
    image: 'pause:1',
    cniResult: { Interfaces: { eth0: {} } },
    runtimeSpec: {
      linux: { namespaces: [{ type: 'pid' }, { type: 'network', path: '/var/run/netns/cni-1' }] },
    },
  };

  it('takes the addresses, the pause process, the netns and the CNI result out of it', () => {
    expect(read.sandboxStatus({ status, info: { info: JSON.stringify(details) } })).toEqual({
      id: 's',
      metadata,
      ready: true,
      ips: ['10.0.0.2', 'fd00::2'],
      pid: 86,
      netnsPath: '/var/run/netns/cni-1',
      image: 'pause:1',
      cniResult: { Interfaces: { eth0: {} } },
    });
  });

  it("has no addresses and no netns on the node's network, and no pid once the pause process has ended", () => {
    const host = {
      ...details,
      pid: 0,
      cniResult: null,
      runtimeSpec: { linux: { namespaces: [{ type: 'pid' }] } },
    };
    expect(
      read.sandboxStatus({
        status: { ...status, state: 'SANDBOX_NOTREADY', network: { ip: '', additionalIps: [] } },
        info: { info: JSON.stringify(host) },
      }),
    ).toMatchObject({ ready: false, ips: [], pid: -1, netnsPath: '', cniResult: null });
  });

  it('does without details that are missing or no JSON', () => {
    for (const info of [{}, { info: '{"pid":' }, { info: 'null' }]) {
      expect(read.sandboxStatus({ status: { ...status, network: null }, info })).toMatchObject({
        pid: -1,
        netnsPath: '',
        image: '',
        ips: [],
      });
    }
  });

  it('is nothing when there is no such sandbox', () => {
    expect(read.sandboxStatus(undefined)).toBeUndefined();
  });
});

describe('containerStatus', () => {
  it('has the pid as long as there is one', () => {
    const status = {
      id: 'c',
      metadata: { name: 'c', attempt: 0 },
      state: 'CONTAINER_RUNNING',
      exitCode: 0,
      reason: '',
      message: '',
    };
    expect(read.containerStatus({ status, info: { info: '{"pid":117}' } })).toEqual({
      id: 'c',
      metadata: { name: 'c', attempt: 0 },
      state: 'running',
      exitCode: 0,
      reason: '',
      message: '',
      pid: 117,
    });
    const ended = { ...status, state: 'CONTAINER_EXITED', exitCode: 137 };
    expect(read.containerStatus({ status: ended, info: { info: '{"pid":0}' } })).toMatchObject({
      state: 'exited',
      exitCode: 137,
      pid: -1,
    });
    expect(read.containerStatus(undefined)).toBeUndefined();
  });
});

describe('lists', () => {
  it('are read item by item', () => {
    expect(
      read.sandboxes({ items: [{ id: 's', metadata, state: 'SANDBOX_NOTREADY', labels: { a: 'b' } }] }),
    ).toEqual([{ id: 's', metadata, ready: false, labels: { a: 'b' } }]);
    expect(
      read.containers({
        containers: [
          {
            id: 'c',
            podSandboxId: 's',
            metadata: { name: 'c', attempt: 2 },
            state: 'CONTAINER_UNKNOWN',
            labels: {},
          },
        ],
      }),
    ).toEqual([
      { id: 'c', sandboxId: 's', metadata: { name: 'c', attempt: 2 }, state: 'unknown', labels: {} },
    ]);
    expect(read.images({ images: [{ id: 'i', repoTags: ['t'], repoDigests: ['d'], size: 7 }] })).toEqual([
      { id: 'i', tags: ['t'], digests: ['d'], size: 7 },
    ]);
    expect(read.imageStatus({ image: null })).toBeUndefined();
  });

  it('that are missing are no empty lists', () => {
    expect(() => read.sandboxes(undefined)).toThrow(expect.objectContaining({ code: 'pod/cri-refused' }));
    expect(() => read.containers(undefined)).toThrow(expect.objectContaining({ code: 'pod/cri-refused' }));
  });
});
