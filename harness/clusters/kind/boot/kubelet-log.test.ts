import { describe, expect, it } from '@jest/globals';
import type { CommandResult } from '../../../domain/cluster.js';
import { NetclaimsError } from '../../../domain/error.js';
import type { ContainerState } from '../engine/engine.js';
import { fakeEngine } from '../testing/fake-engine.js';
import { complaintsOf, withKubeletLogs } from './kubelet-log.js';
import { makeKubernetes } from './make-kubernetes.js';
import { bootPhases } from './phases.js';
import { runOnNode } from './run-on-node.js';

const never = new AbortController().signal;
const ended = (parts: Partial<CommandResult>): CommandResult => ({
  ...{ exitCode: 0, stdout: '', stderr: '' },
  ...parts,
});

/** The journal of a kubelet 1.37.2 that may not run on cgroup v1. */
const crashing = [
  'Flag --pod-infra-container-image has been deprecated',
  'I1129 15:00:04.200000    1600 server.go:213] "--runtime-cgroups flag"',
  'E1129 15:00:04.233199    1600 run.go:72] "command failed" err="kubelet is configured to not run on a host using cgroup v1"',
  'Flag --pod-infra-container-image has been deprecated',
  'E1129 15:00:05.333199    1614 run.go:72] "command failed" err="kubelet is configured to not run on a host using cgroup v1"',
];
const state = 'NRestarts=41 ActiveState=activating SubState=auto-restart ';
const kubeletSays = [
  'activating (auto-restart), restarted 41 times',
  'E1129 15:00:05.333199    1614 run.go:72] "command failed" err="kubelet is configured to not run on a host using cgroup v1"',
];

describe('complaintsOf', () => {
  it('has the errors, each once, the last of them last', () => {
    expect(complaintsOf(crashing)).toEqual(kubeletSays.slice(1));
    const twice = [...crashing, 'E1129 15:00:06.000000    1614 a.go:1] "other"', ...crashing];
    expect(complaintsOf(twice).map((line) => line.split('] ')[1]?.slice(0, 9))).toEqual([
      '"other"',
      '"command ',
    ]);
  });

  it('has the last lines where none is an error', () => {
    const lines = ['a', '', 'b', 'c', 'd', 'e', 'f', 'g'];
    expect(complaintsOf(lines)).toEqual(['b', 'c', 'd', 'e', 'f', 'g']);
    expect(complaintsOf([])).toEqual([]);
  });

  it('does not let one line fill a screen', () => {
    const [line = ''] = complaintsOf([`E1129 15:00:05.333199 1614 a.go:1] ${'x'.repeat(5_000)}`]);
    expect(line).toHaveLength(401);
  });
});

describe('a boot that fails', () => {
  const noContainer: ContainerState = {
    ...{ id: '1', running: true, startedAt: '', status: 'running' },
    addresses: { kind: { ipv4: '172.18.0.2', ipv6: '' } },
    ports: { '6443/tcp': { ip: '127.0.0.1', port: 40_000 } },
  };

  it('in kubeadm has the log of the kubelet', async () => {
    const version = Buffer.from('v1.37.2').toString('base64');
    const engine = fakeEngine({
      inspect: () => Promise.resolve(noContainer),
      exec: (_, { argv }) => {
        const call = argv.join(' ');
        if (call.includes('/kind/version'))
          return Promise.resolve(ended({ stdout: `${version}\n\n\n\n1\nptp\nhost-local\nportmap\n` }));
        if (call.includes('journalctl'))
          return Promise.resolve(ended({ stdout: [state, ...crashing].join('\n') }));
        if (call.includes('kubeadm'))
          return Promise.resolve(ended({ exitCode: 1, stderr: 'error: connection refused\n' }));
        return Promise.resolve(ended({}));
      },
    });
    const plan = {
      ...{
        name: 'c',
        names: ['c-control-plane'],
        network: 'kind',
        image: 'an image',
        ipFamily: 'ipv4' as const,
      },
      ...{
        cni: { kind: 'image', name: 'default', asked: false } as const,
        cniBinDir: undefined,
        archives: [],
      },
    };
    await expect(
      makeKubernetes(
        plan,
        engine,
        bootPhases(() => undefined),
        never,
      ),
    ).rejects.toMatchObject({
      code: 'cluster/node-step',
      evidence: expect.arrayContaining([
        'error: connection refused',
        `the kubelet of c-control-plane: ${kubeletSays[0] ?? ''}`,
        kubeletSays[1],
      ]) as unknown,
    });
  });

  const failure = new NetclaimsError({ code: 'cluster/node-step', what: 'it failed', evidence: ['why'] });
  const failing = (journal: () => Promise<CommandResult>, signal = never) =>
    withKubeletLogs(
      [{ name: 'c-worker' }],
      runOnNode(fakeEngine({ exec: journal })),
      () => Promise.reject(failure),
      signal,
    );

  it('keeps its own reason where the log cannot be read', async () => {
    await expect(failing(() => Promise.reject(new Error('no such container')))).rejects.toMatchObject({
      code: 'cluster/node-step',
      message: 'it failed',
      evidence: ['why', 'the kubelet of c-worker: its log could not be read: no such container'],
    });
    await expect(failing(() => Promise.resolve(ended({})))).rejects.toMatchObject({
      evidence: ['why', 'the kubelet of c-worker: in an unknown state'],
    });
  });

  it('is not asked about when it was interrupted', async () => {
    const unasked = () => Promise.reject(new Error('it was asked'));
    await expect(failing(unasked, AbortSignal.abort())).rejects.toBe(failure);
  });
});
