import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startCli } from '../run-cli.js';
import type { KubeCluster } from './kube-cluster.js';

const secret = 'k7-Qm2xWv9';

/** A pod whose log and variables have a secret, and a probe whose answer has it. */
const scenario = `
apiVersion: netclaims.dev/v1
kind: Scenario
metadata: { name: talks }
spec:
  claim: It keeps what it knows.
  manifests:
    - apiVersion: v1
      kind: Pod
      metadata: { name: web }
      spec:
        terminationGracePeriodSeconds: 0
        containers:
          - name: main
            image: busybox
            env: [{ name: DB_PASSWORD, value: "${secret}" }]
            command: [sh, -c, "echo it says $DB_PASSWORD; sleep 10000"]
  steps:
    - probe: { name: env, in: { pod: web, container: main }, run: [env] }
    - probe: { name: alone, in: { pod: web, container: main }, run: [ping, -c, "1", 127.0.0.1] }
    - observe: now
  expect:
    - { id: env, says: It says nothing., that: probes.env.stdout == "" }
`;

/** What is saved where something fails on Kubernetes. */
export const diagnosis = (open: () => KubeCluster): void => {
  describe('what is saved where something fails', () => {
    it.each([
      ['on kind', () => ['--cluster-name', open().name]],
      ['through a kubeconfig', () => ['--cluster', 'kubeconfig', '--kubeconfig', open().kubeconfig]],
    ])(
      '%s has what the API and the nodes say, and no secret',
      async (where, cluster) => {
        const folder = join(open().folder, where.replaceAll(' ', '-'));
        await mkdir(folder);
        const file = join(folder, 'talks.yaml');
        await writeFile(file, scenario);
        const run = startCli('verify', file, ...cluster(), '--artifacts', folder, '--capture', '--verbose');
        const { exitCode, stdout } = await run.ended;
        expect(exitCode).toBe(1);
        expect(stdout).not.toContain(secret);
        const saved = join(folder, 'talks');
        const nodes = [open().controlPlane, `${open().name}-worker`];
        expect((await readdir(saved)).sort()).toEqual(
          [
            ...['capture-alone.pcap', 'capture-env.pcap', 'events.txt'],
            ...nodes.flatMap((node) =>
              ['cni', 'firewall', 'log', 'network'].map((what) => `node-${node}-${what}.txt`),
            ),
            ...['pod-web-main-0.log', 'pod-web-network.txt', 'pod-web-status.json', 'pods.txt'],
          ].sort(),
        );
        const read = (name: string) => readFile(join(saved, name), 'utf8');
        expect(await read('events.txt')).toContain('Scheduled');
        expect(await read('pod-web-main-0.log')).toContain('it says [redacted-by-netclaims]');
        expect(await read('pod-web-network.txt')).toMatch(/eth0@if\d+/);
        const logs = await Promise.all(nodes.map((node) => read(`node-${node}-log.txt`)));
        expect(logs.join('\n')).toMatch(/kubelet\[\d+\]: /);
        for (const name of await readdir(saved)) expect(await read(name)).not.toContain(secret);
        const packets = ['-n', '-r', join(saved, 'capture-alone.pcap')];
        expect(execFileSync('tcpdump', packets, { encoding: 'utf8', stdio: 'pipe' })).toContain(
          ' IP 127.0.0.1 > 127.0.0.1: ICMP echo request',
        );
      },
      180_000,
    );
  });
};
