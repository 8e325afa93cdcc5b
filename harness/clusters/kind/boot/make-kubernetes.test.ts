import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { fakeEngine } from '../testing/fake-engine.js';
import { makeKubernetes } from './make-kubernetes.js';
import { bootPhases } from './phases.js';

const never = new AbortController().signal;
const adminConf = `
apiVersion: v1
kind: Config
clusters: [{ name: c, cluster: { server: 'https://c-control-plane:6443' } }]
contexts: [{ name: admin, context: { cluster: c, user: admin } }]
current-context: admin
users: [{ name: admin, user: {} }]
`;

describe('makeKubernetes', () => {
  it("has the images of --load on the nodes before it applies a network's manifests", async () => {
    const order: string[] = [];
    const version = Buffer.from('v1.37.2').toString('base64');
    const engine = fakeEngine({
      inspect: () =>
        Promise.resolve({
          ...{ id: '1', running: true, startedAt: '', status: 'running' },
          addresses: { kind: { ipv4: '172.18.0.2', ipv6: '' } },
          ports: { '6443/tcp': { ip: '127.0.0.1', port: 1 } },
        }),
      exec: async (_, { argv }) => {
        const call = argv.join(' ');
        const ended = (stdout: string, exitCode = 0) => ({ exitCode, stdout, stderr: '' });
        if (call.includes('/kind/version')) return ended(`${version}\n\n\n\n1\n`);
        if (call.includes('images import')) {
          await sleep(100);
          order.push('imported');
        }
        if (call.includes('kubeadm')) return ended(adminConf);
        // That it fails ends the boot, which has no API server here.
        if (call.includes('kubectl')) {
          order.push('applied');
          return ended('', 1);
        }
        return ended('');
      },
    });
    const plan = {
      ...{ name: 'c', names: ['c-control-plane'], network: 'kind', image: 'an image' },
      ...{ ipFamily: 'ipv4' as const, cniBinDir: undefined },
      cni: { kind: 'manifest', name: 'calico', content: 'kind: DaemonSet' } as const,
      archives: [{ path: 'calico.tar', references: ['calico:1'], digest: '1' }],
    };
    await expect(
      makeKubernetes(
        plan,
        engine,
        bootPhases(() => undefined),
        never,
      ),
    ).rejects.toThrow('could not apply the network calico');
    expect(order).toEqual(['imported', 'applied']);
  });
});
