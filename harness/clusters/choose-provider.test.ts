import { describe, expect, it } from '@jest/globals';
import type { ClusterProvider, ProviderName, Refusal } from '../domain/cluster-provider.js';
import { chooseProvider } from './choose-provider.js';

const provider = (name: ProviderName, refusal?: Refusal): ClusterProvider => ({
  name,
  refusal: () => Promise.resolve(refusal),
  create: () => Promise.reject(new Error('not here')),
  attach: () => Promise.resolve(undefined),
  list: () => Promise.resolve([]),
  remove: () => Promise.resolve(false),
  sweep: () => Promise.resolve(),
});
const noDocker = { reason: 'no container engine answers', remedy: 'start one' };
const noRoot = { reason: 'needs root', remedy: 'use sudo' };

describe('chooseProvider', () => {
  it('takes the first that can be used, and says why not an earlier one', async () => {
    const usable = provider('containerd');
    expect(await chooseProvider('auto', [provider('kind', noDocker), usable])).toEqual({
      provider: usable,
      reason: 'containerd, the first that can be used here; not kind: no container engine answers',
    });
  });

  it('lists each refusal and its remedy', async () => {
    const providers = [provider('kind', noDocker), provider('containerd', noRoot)];
    await expect(chooseProvider('auto', providers)).rejects.toMatchObject({
      code: 'cluster/none-usable',
      evidence: ['kind: no container engine answers', 'containerd: needs root'],
      remedy: 'mend one of these: kind: start one; containerd: use sudo',
    });
  });

  it('does not choose another than the one that was asked for', async () => {
    const providers = [provider('kind', noDocker), provider('containerd')];
    await expect(chooseProvider('kind', providers)).rejects.toMatchObject({
      code: 'cluster/not-usable',
      evidence: ['no container engine answers'],
    });
    await expect(chooseProvider('podman', providers)).rejects.toMatchObject({
      code: 'usage/no-provider',
      remedy: 'give --cluster one of auto, kind, containerd',
    });
  });
});
