import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageFile } from '../../clusters/package-file.js';
import type { Report } from '../../domain/report.js';
import { startCli } from '../run-cli.js';
import type { KubeCluster } from './kube-cluster.js';

/** Tutorials, their commands run by a real kubectl and on a node that others use as well. */
export const tutorials = (open: () => KubeCluster): void => {
  const check = async (...args: readonly string[]) => {
    const json = join(open().folder, 'tutorial.json');
    const given = ['--cluster-name', open().name, '--report', `json=${json}`];
    const { exitCode, stdout, stderr } = await startCli('tutorial', 'check', ...args, ...given).ended;
    const { totals, scenarios } = JSON.parse(await readFile(json, 'utf8')) as Report;
    return { exitCode, text: stdout + stderr, totals, scenarios };
  };

  describe('a tutorial', () => {
    // They look at their pods from the first node.
    beforeAll(() => void open().kubectl(['cordon', `${open().name}-worker`]));
    afterAll(() => void open().kubectl(['uncordon', `${open().name}-worker`]));

    it('of our own is true, as on containerd', async () => {
      const { exitCode, text, totals } = await check(packageFile('docs', 'tutorial.md'));
      if (exitCode !== 0) throw new Error(text);
      expect(totals).toMatchObject({ refuted: 0, unknown: 0 });
      expect(totals.holds).toBeGreaterThan(20);
    }, 180_000);

    it('is told what the cluster has instead of what it shows, and at which line', async () => {
      const file = join(open().folder, 'calico.md');
      const lines = [
        '```yaml',
        'apiVersion: v1',
        'kind: Pod',
        'metadata: { name: web }',
        'spec: { containers: [{ name: web, image: nginx }] }',
        '```',
        '```sh',
        'lsns | grep nginx',
        'ip link show | grep cali',
        '```',
        '```sh',
        'kubectl exec -it web -- cat /etc/hostname',
        '```',
        '```text',
        'web',
        '```',
      ];
      await writeFile(file, lines.join('\n'));
      const { exitCode, text, scenarios } = await check(file);
      expect(exitCode).toBe(1);
      expect(text.replaceAll(/\s+/g, ' ')).toMatch(/ip link show \| grep cali instead .* master cni0 /);
      expect(scenarios[0]?.expectations.map(({ line, verdict }) => `${line ?? 0} ${verdict}`)).toEqual([
        ...['2 holds', '8 holds', '9 refuted', '12 holds'],
      ]);
    }, 180_000);
  });
};
