import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from '../../domain/report.js';
import { expectSuccess, startCli } from '../run-cli.js';
import type { KubeCluster } from './kube-cluster.js';

const minutes = (count: number) => count * 60_000;

/** Each expectation's verdict, and those of its controls. */
const verdicts = ({ scenarios }: Report): ReadonlyMap<string, readonly string[]> =>
  new Map(
    scenarios.flatMap(({ name, expectations }) =>
      expectations.map(({ id, verdict, controls }) => [
        `${name} ${id}`,
        [verdict, ...controls.map((control) => `${control.name}: ${control.verdict}`)],
      ]),
    ),
  );

/** The expectations on which two runs do not agree, though both clusters can have them; and on how many they do. */
const compared = (one: Report, other: Report) => {
  const others = verdicts(other);
  const common = [...verdicts(one)].flatMap(([name, found]) => {
    const there = others.get(name) ?? [];
    return [found[0], there[0]].includes('not-applicable') ? [] : [{ name, found, there }];
  });
  const differ = common.filter(({ found, there }) => found.join('|') !== there.join('|'));
  return { differ, alike: common.length - differ.length };
};

/** The scenarios of which a run had none of the expectations. */
const notApplicable = ({ scenarios }: Report): readonly string[] =>
  scenarios
    .filter(({ expectations }) => expectations.every(({ verdict }) => verdict === 'not-applicable'))
    .map(({ name }) => name);

/** On containerd, on kind, and through a kubeconfig by a user who has the rights of docs/rbac.yaml and no others. */
export const sameVerdicts = (open: () => KubeCluster): void => {
  const verify = async (name: string, ...args: readonly string[]): Promise<Report> => {
    const file = join(open().folder, `${name}.json`);
    const run = startCli('verify', 'scenarios', ...args, '--report', `json=${file}`);
    expectSuccess(await run.ended);
    return JSON.parse(await readFile(file, 'utf8')) as Report;
  };

  describe('all scenarios', () => {
    let onKind: Report;

    it(
      'have the same verdicts on kind as on containerd',
      async () => {
        const onContainerd = await verify('containerd', '--cluster', 'containerd', '--nodes', '2');
        onKind = await verify('kind', '--cluster-name', open().name);
        expect(onKind.cluster).toMatchObject({
          provider: 'kind',
          kubernetes: expect.stringMatching(/^v1\./),
        });
        const { differ, alike } = compared(onKind, onContainerd);
        expect(differ).toEqual([]);
        expect(alike).toBeGreaterThan(60);
        // What a network of the plugin bridge alone with IPv4 and no policies cannot have, and what only containerd can.
        expect(notApplicable(onKind)).toEqual([
          ...['dual-stack', 'network-policy'],
          ...['changed-network', 'changed-plugin', 'as-described', 'bandwidth'],
        ]);
        expect(onKind.totals).toMatchObject({ refuted: 0, vacuous: 0, unknown: 0 });
      },
      minutes(15),
    );

    it(
      'have them through the kubeconfig of a user with the rights of docs/rbac.yaml, who leaves nothing',
      async () => {
        const cluster = open();
        const kubeconfig = await cluster.kubeconfigOf('alice', 1, await cluster.applyRole());
        const through = ['--cluster', 'kubeconfig', '--kubeconfig', kubeconfig];
        const onKubeconfig = await verify('kubeconfig', ...through);
        const { differ, alike } = compared(onKubeconfig, onKind);
        expect(differ).toEqual([]);
        expect(alike).toBeGreaterThan(60);
        // Those that disturb others, besides.
        expect(notApplicable(onKubeconfig)).toEqual([
          ...[
            'address-reuse',
            'dual-stack',
            'exhaustion',
            'network-policy',
            'restarted-kubelet',
            'changed-network',
            'changed-plugin',
            'as-described',
            'bandwidth',
          ],
        ]);
        expect(onKubeconfig.totals).toMatchObject({ refuted: 0, vacuous: 0, unknown: 0 });
        expect(cluster.kubectl(['get', 'namespaces', '--output=name'])).not.toContain('netclaims');
      },
      minutes(15),
    );
  });
};
