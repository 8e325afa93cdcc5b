import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadKubeConfig } from './load-kubeconfig.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
});
afterEach(() => rm(folder, { recursive: true }));

const load = async (cluster: object) => {
  const file = join(folder, 'config');
  const config = {
    clusters: [{ name: 'c', cluster }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
    users: [{ name: 'u', user: { token: 't' } }],
    'current-context': 'c',
  };
  await writeFile(file, JSON.stringify(config));
  return loadKubeConfig({ files: [file], context: undefined });
};

it.each(['http://127.0.0.1:8080', '127.0.0.1:6443', 'ftp://x'])(
  'refuses the server %s, to which credentials would go unencrypted or not at all',
  async (server) => {
    await expect(load({ server })).rejects.toMatchObject({
      code: 'usage/kubeconfig',
      message: `the server of the context c is not an https:// address: ${server}`,
    });
  },
);

it.each([
  { server: 'https://127.0.0.1:6443' },
  { server: 'http://127.0.0.1:8080', 'insecure-skip-tls-verify': true },
])('takes %j', async (cluster) => {
  expect((await load(cluster)).getCurrentCluster()?.server).toBe(cluster.server);
});
