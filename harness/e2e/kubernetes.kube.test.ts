import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../domain/report.js';
import { inEngine } from './engine.js';
import { founding } from './founding.js';
import { startCli } from './run-cli.js';

const minutes = (count: number) => count * 60_000;
const cluster = `e2e-${process.pid}`;
const run = (...args: readonly string[]) => startCli(...args).ended;

let folder: string;
let before: readonly string[];
let kubeconfig: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netclaims-kube-'));
  before = await inEngine();
  const up = await run('cluster', 'up', '--cluster', 'kind', '--nodes', '2', '--name', cluster);
  expect(up).toMatchObject({ exitCode: 0 });
  expect(up.stdout).toContain(`${cluster}-control-plane, ${cluster}-worker`);
  kubeconfig = /--kubeconfig (\S+)/.exec(up.stdout)?.[1] ?? '';
}, minutes(5));
afterAll(async () => {
  expect(await run('cluster', 'down', cluster)).toMatchObject({ exitCode: 0 });
  expect(await inEngine()).toEqual(before);
  await rm(folder, { recursive: true });
}, minutes(2));

const verify = async (name: string, ...args: readonly string[]): Promise<Report> => {
  const file = join(folder, `${name}.json`);
  const { exitCode, stdout, stderr } = await run('verify', ...args, '--report', `json=${file}`);
  if (exitCode !== 0) throw new Error(`${name} ended with ${exitCode ?? 'a signal'}:\n${stdout}\n${stderr}`);
  return JSON.parse(await readFile(file, 'utf8')) as Report;
};

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
 * The founding scenarios, those of Kubernetes, and of the others one of each kind of question. The whole catalogue takes a quarter of an hour on a
 * cluster of two processors: .github/workflows/kind.yml runs that.
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

describe('the same scenarios', () => {
  it(
    'have the same verdicts on containerd, on kind and through the kubeconfig of that cluster',
    async () => {
      const alike = ['--cluster', 'containerd', '--nodes', '2', '--cni', 'ptp'];
      const onContainerd = await verify('containerd', ...scenarios, ...alike);
      const onKind = await verify('kind', ...scenarios, '--cluster-name', cluster);
      const through = ['--cluster', 'kubeconfig', '--kubeconfig', kubeconfig];
      const onKubeconfig = await verify('kubeconfig', ...throughKubeconfig, ...through);
      expect(Object.keys(verdicts(onContainerd, withoutKubernetes)).length).toBeGreaterThan(10);
      expect(verdicts(onKind, withoutKubernetes)).toEqual(verdicts(onContainerd, withoutKubernetes));
      const common = (file: string) => throughKubeconfig.includes(file);
      expect(verdicts(onKubeconfig)).toEqual(verdicts(onKind, common));
      expect(Object.keys(verdicts(onKubeconfig)).length).toBeGreaterThan(15);
      expect(onKind.cluster).toMatchObject({ provider: 'kind', kubernetes: expect.stringMatching(/^v1\./) });
      // What two nodes and no DNS and no enforcing CNI can have.
      expect(onKind.totals).toMatchObject({ refuted: 0, vacuous: 0, unknown: 0 });
      expect(verdicts(onKind)).toMatchObject({
        'pods-without-nat own-address': expect.arrayContaining(['holds']),
        'service-endpoints every-ready': expect.arrayContaining(['holds']),
      });
    },
    minutes(20),
  );
});
