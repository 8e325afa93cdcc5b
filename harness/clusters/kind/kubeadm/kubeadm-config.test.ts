import { describe, expect, it } from '@jest/globals';
import { loadAll } from 'js-yaml';
import { subnetsOf } from '../network/ip-family.js';
import type { ClusterPlan } from './cluster-plan.js';
import { kubeadmConfig } from './kubeadm-config.js';
import { kubernetesVersion } from './kubernetes-version.js';

const kubeletConfig = (version: string): Readonly<Record<string, unknown>> => {
  const plan: ClusterPlan = {
    cluster: 'c',
    version,
    subnets: subnetsOf('ipv4'),
    controlPlane: { name: 'c-control-plane', addresses: ['172.18.0.2'], podCidrs: [] },
    hosts: [],
    token: 'abcdef.0123456789abcdef',
  };
  const text = kubeadmConfig(plan, kubernetesVersion(version, 'an image'), { kind: 'init' });
  const documents = loadAll(text) as readonly Readonly<Record<string, unknown>>[];
  return documents.find(({ kind }) => kind === 'KubeletConfiguration') ?? {};
};

describe('the configuration of the kubelet', () => {
  it.each(['v1.31.0', 'v1.35.4', 'v1.37.2'])('of %s lets it run on cgroup v1', (version) => {
    expect(kubeletConfig(version)).toMatchObject({ kind: 'KubeletConfiguration', failCgroupV1: false });
  });

  it.each(['v1.20.2', 'v1.30.14'])('of %s has no field that it does not know', (version) => {
    expect(kubeletConfig(version)).not.toHaveProperty('failCgroupV1');
  });
});
