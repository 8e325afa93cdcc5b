import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from '../../domain/report.js';
import { founding } from '../founding.js';
import { startCli } from '../run-cli.js';
import type { KubeCluster } from './kube-cluster.js';

const minutes = (count: number) => count * 60_000;

/** Each expectation's verdict, and those of its controls; of the scenarios that a cluster without Kubernetes can have, or of all. */
const verdicts = ({ scenarios }: Report, which: (file: string) => boolean = () => true) =>
  Object.fromEntries(
    scenarios
      .filter(({ file }) => which(file))
      .flatMap(({ name, expectations }) =>
        expectations.map(({ id, verdict, controls }) => [
          `${name} ${id}`,
          [verdict, ...controls.map((control) => `${control.name}: ${control.verdict}`)],
        ]),
      ),
  );

/**
 * The founding scenarios, those of Kubernetes, and of the others one of each kind of question. The whole catalogue takes five and a half
 * minutes on two processors: .github/workflows/kind.yml runs that.
 */
const others = [
  ...['addresses/address-agreement', 'pod-network/pods-on-two-nodes', 'lifecycle/churn'],
  ...['kubernetes/pods-without-nat', 'kubernetes/service-endpoints', 'kubernetes/service-name'],
  ...['kubernetes/network-policy', 'kubernetes/restarted-kubelet'],
].map((name) => `scenarios/${name}.yaml`);
const scenarios = [...founding, ...others];
const throughKubeconfig = scenarios.filter(
  (file) => !/lifecycle|addresses|pod-network|restarted-kubelet/.test(file),
);
const withoutKubernetes = (file: string) => !file.includes('kubernetes/');

/** On containerd, on kind, and through a kubeconfig by a user who has the rights of docs/rbac.yaml and no others. */
export const sameVerdicts = (open: () => KubeCluster): void => {
  const verify = async (name: string, ...args: readonly string[]): Promise<Report> => {
    const file = join(open().folder, `${name}.json`);
    const run = startCli('verify', ...args, '--report', `json=${file}`);
    const { exitCode, stdout, stderr } = await run.ended;
    if (exitCode !== 0)
      throw new Error(`${name} ended with ${exitCode ?? 'a signal'}:\n${stdout}\n${stderr}`);
    return JSON.parse(await readFile(file, 'utf8')) as Report;
  };

  describe('the same scenarios', () => {
    let onKind: Report;

    it(
      'have the same verdicts on kind as on containerd',
      async () => {
        const alike = ['--cluster', 'containerd', '--nodes', '2', '--cni', 'bridge'];
        const onContainerd = await verify('containerd', ...scenarios.filter(withoutKubernetes), ...alike);
        onKind = await verify('kind', ...scenarios, '--cluster-name', open().name);
        expect(Object.keys(verdicts(onContainerd)).length).toBeGreaterThan(10);
        expect(verdicts(onKind, withoutKubernetes)).toEqual(verdicts(onContainerd));
        expect(onKind.cluster).toMatchObject({
          provider: 'kind',
          kubernetes: expect.stringMatching(/^v1\./),
        });
        // What two nodes and no DNS and no enforcing CNI can have.
        expect(onKind.totals).toMatchObject({ refuted: 0, vacuous: 0, unknown: 0 });
        expect(verdicts(onKind)).toMatchObject({
          'pods-without-nat own-address': expect.arrayContaining(['holds']),
          'service-endpoints every-ready': expect.arrayContaining(['holds']),
        });
      },
      minutes(15),
    );

    it(
      'have them through the kubeconfig of a user with the rights of docs/rbac.yaml, who leaves nothing',
      async () => {
        const cluster = open();
        const kubeconfig = await cluster.kubeconfigOf('alice', 1, await cluster.applyRole());
        const through = ['--cluster', 'kubeconfig', '--kubeconfig', kubeconfig];
        const onKubeconfig = await verify('kubeconfig', ...throughKubeconfig, ...through);
        const common = (file: string) => throughKubeconfig.includes(file);
        expect(verdicts(onKubeconfig)).toEqual(verdicts(onKind, common));
        expect(Object.keys(verdicts(onKubeconfig)).length).toBeGreaterThan(15);
        expect(cluster.kubectl(['get', 'namespaces', '--output=name'])).not.toContain('netclaims');
      },
      minutes(10),
    );
  });
};
