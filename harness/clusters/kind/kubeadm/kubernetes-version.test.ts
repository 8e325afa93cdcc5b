import { describe, expect, it } from '@jest/globals';
import { kubeadmApi, kubernetesVersion } from './kubernetes-version.js';

describe('kubernetesVersion', () => {
  it('reads what an image has in /kind/version', () => {
    expect(kubernetesVersion('v1.34.0\n', 'an image')).toEqual({ text: 'v1.34.0', minor: 34 });
    expect(kubernetesVersion('v1.35.0-alpha.1+abc', 'an image')).toEqual({
      text: 'v1.35.0-alpha.1+abc',
      minor: 35,
    });
  });

  it.each([
    ['v1.19.16', 'which is not supported'],
    ['v2.0.0', 'which is not supported'],
    ['', 'holds no version'],
    ['latest', 'holds no version'],
  ])('refuses `%s`, with the remedy', (content, what) => {
    const read = () => kubernetesVersion(content, 'registry/image:1');
    expect(read).toThrow(what);
    expect(read).toThrow('registry/image:1');
    expect(read).toThrow(
      expect.objectContaining({
        code: 'cluster/version',
        remedy: expect.stringContaining('--node-image') as unknown,
      }),
    );
  });

  it.each([
    ['v1.20.2', 'kubeadm.k8s.io/v1beta2'],
    ['v1.22.17', 'kubeadm.k8s.io/v1beta2'],
    ['v1.23.0', 'kubeadm.k8s.io/v1beta3'],
    ['v1.35.9', 'kubeadm.k8s.io/v1beta3'],
    ['v1.36.0', 'kubeadm.k8s.io/v1beta4'],
    ['v1.41.0', 'kubeadm.k8s.io/v1beta4'],
  ])('configures kubeadm of %s by %s', (version, api) => {
    expect(kubeadmApi(kubernetesVersion(version, 'an image'))).toBe(api);
  });
});
