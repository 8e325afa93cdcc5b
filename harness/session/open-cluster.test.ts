import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { ClusterProvider } from '../domain/cluster-provider.js';
import { openCluster, type ClusterRequest, type OpenOptions } from './open-cluster.js';
import { fakeProvider } from './testing/fake-provider.js';

const never = new AbortController().signal;
const refusal = { reason: 'no engine answers', remedy: 'start Docker' };

const open = async (
  providers: readonly ClusterProvider[],
  request: Partial<ClusterRequest> = {},
  options: Partial<OpenOptions> = {},
) => {
  const phases: string[] = [];
  const cluster = await openCluster(
    { cluster: 'auto', nodes: 1, load: [], ...request },
    { name: undefined, life: 'held', onPhase: (phase) => phases.push(phase), ...options },
    providers,
    never,
  );
  return { cluster, phases };
};

describe('openCluster', () => {
  it('makes a cluster with the first provider that can be used, as the request say, and says why it was chosen', async () => {
    const kind = fakeProvider({ name: 'kind', refusal });
    const containerd = fakeProvider();
    const cniBinDir = await mkdtemp(join(tmpdir(), 'netclaims-plugins-'));
    const archive = join(cniBinDir, 'bridge');
    await writeFile(archive, '#!/bin/sh', { mode: 0o755 });
    const { phases } = await open([kind, containerd], { cni: 'ptp', cniBinDir, nodes: 2, load: [archive] });
    await rm(cniBinDir, { recursive: true });
    expect(phases).toEqual([expect.stringMatching(/^containerd, .*not kind: no engine answers/)]);
    expect(containerd.options()).toMatchObject({
      ...{ cni: 'ptp', cniBinDir, nodes: 2, load: [archive], name: undefined, life: 'held' },
    });
    expect(kind.calls).toEqual([]);
  });

  it('sweeps what killed runs left, also when no cluster can be made', async () => {
    const provider = fakeProvider({ failure: new Error('no space') });
    await expect(open([provider])).rejects.toThrow('no space');
    expect([...provider.calls].sort()).toEqual(['create held', 'sweep']);
  });

  it('tells what cannot be swept, and opens the cluster all the same', async () => {
    const failing = fakeProvider({
      name: 'kind',
      sweep: () => Promise.reject(new Error('EBUSY')),
    });
    const { cluster, phases } = await open([failing]);
    expect(cluster.nodes.length).toBeGreaterThan(0);
    expect(phases).toContain('left by an earlier run: EBUSY');
    expect(failing.calls).not.toContain('close');
  });

  it('attaches to the cluster of a name, whichever provider has it, and makes none', async () => {
    const providers = [fakeProvider({ name: 'kind' }), fakeProvider({ kept: ['mine'] })];
    await open(providers, { clusterName: 'mine' });
    expect(providers.map(({ calls }) => calls.filter((call) => call !== 'sweep'))).toEqual([
      ['attach mine'],
      ['attach mine'],
    ]);
  });

  it('names the clusters that there are when one is not', async () => {
    const providers = [fakeProvider({ name: 'kind', kept: ['a'] }), fakeProvider({ kept: ['b'] })];
    await expect(open(providers, { clusterName: 'mine' })).rejects.toMatchObject({
      code: 'usage/no-cluster',
      evidence: ['there are: a, b'],
      remedy: 'make it with `netclaims cluster up --name mine`',
    });
    await expect(open([fakeProvider()], { clusterName: 'mine' })).rejects.toMatchObject({ evidence: [] });
  });

  it("refuses a name that another provider's cluster has", async () => {
    const containerd = fakeProvider();
    const providers = [containerd, fakeProvider({ name: 'kind', kept: ['mine'] })];
    await expect(open(providers, {}, { name: 'mine', life: 'kept' })).rejects.toMatchObject({
      code: 'usage/name-taken',
      message: 'there is a kind cluster named mine already',
    });
    expect(containerd.calls).toEqual(['sweep']);
  });
});
