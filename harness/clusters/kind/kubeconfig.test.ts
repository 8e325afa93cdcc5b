import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { load } from 'js-yaml';
import { kubeConfigFiles, outsideKubeConfig } from './kubeconfig.js';
import type { Owner } from './ownership/owner.js';

const admin = `
apiVersion: v1
kind: Config
clusters:
- cluster: {certificate-authority-data: Q0E=, server: "https://c-control-plane:6443"}
  name: c
contexts:
- context: {cluster: c, user: kubernetes-admin}
  name: kubernetes-admin@c
current-context: kubernetes-admin@c
users:
- name: kubernetes-admin
  user: {client-certificate-data: Q0VSVA==, client-key-data: S0VZ}
`;

describe('outsideKubeConfig', () => {
  it("has the server's address from outside, and kind's names", () => {
    expect(load(outsideKubeConfig(admin, 'c', 'https://127.0.0.1:32768'))).toEqual({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        {
          name: 'kind-c',
          cluster: { 'certificate-authority-data': 'Q0E=', server: 'https://127.0.0.1:32768' },
        },
      ],
      users: [{ name: 'kind-c', user: { 'client-certificate-data': 'Q0VSVA==', 'client-key-data': 'S0VZ' } }],
      contexts: [{ name: 'kind-c', context: { cluster: 'kind-c', user: 'kind-c' } }],
      'current-context': 'kind-c',
      preferences: {},
    });
  });

  it.each(['', 'clusters: []', 'clusters: [{cluster: {server: x}}]'])('refuses `%s`', (text) =>
    expect(() => outsideKubeConfig(text, 'c', 'x')).toThrow(
      expect.objectContaining({ code: 'cluster/no-admin-conf' }),
    ),
  );
});

describe('kubeConfigFiles', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netclaims-state-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const owner: Owner = { machine: 'm', boot: 'b', pidNamespace: '1', pid: 1, startTime: 1 };

  it('lets only its user read', async () => {
    const path = await kubeConfigFiles(folder).write('c', 'kind: Config\n', undefined);
    expect(await readFile(path, 'utf8')).toBe('kind: Config\n');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(path))).mode & 0o777).toBe(0o700);
  });

  it("sweeps what ended processes left, and neither a living one's nor a kept cluster's", async () => {
    const files = kubeConfigFiles(folder);
    await files.write('kept', 'kind: Config\n', undefined);
    await files.write('living', 'kind: Config\n', { ...owner, pid: 2 });
    const left = await files.write('left', 'kind: Config\n', owner);
    expect(load(await readFile(left, 'utf8'))).toEqual({ kind: 'Config' });
    await files.sweep(({ pid }) => Promise.resolve(pid === 2 ? 'alive' : 'ended'));
    expect((await readdir(dirname(left))).sort()).toEqual(['kept.kubeconfig', 'living.kubeconfig']);
    await files.remove('kept');
    await files.remove('kept');
    expect(await readdir(dirname(left))).toEqual(['living.kubeconfig']);
  });
});
