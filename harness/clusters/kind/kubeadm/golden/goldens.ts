import { subnetsOf } from '../../network/ip-family.js';
import type { ClusterPlan, PlannedNode } from '../cluster-plan.js';
import { kubeadmConfig } from '../kubeadm-config.js';
import { kubernetesVersion } from '../kubernetes-version.js';

const worker: PlannedNode = { name: 'c-worker', addresses: ['172.18.0.3'], podCidrs: [] };

const plan = (version: string, changes: Partial<ClusterPlan> = {}): ClusterPlan => ({
  cluster: 'c',
  version,
  subnets: subnetsOf('ipv4'),
  controlPlane: { name: 'c-control-plane', addresses: ['172.18.0.2'], podCidrs: [] },
  hosts: [],
  token: 'abcdef.0123456789abcdef',
  ...changes,
});

const ofBoth = (version: string, changes: Partial<ClusterPlan> = {}, node = worker) => {
  const of = plan(version, changes);
  const parsed = kubernetesVersion(version, 'kindest/node');
  return {
    init: kubeadmConfig(of, parsed, { kind: 'init' }),
    join: kubeadmConfig(of, parsed, { kind: 'join', node }),
  };
};

const ipv6: Partial<ClusterPlan> = {
  subnets: subnetsOf('ipv6'),
  controlPlane: { name: 'c-control-plane', addresses: ['fc00:f853:ccd:e793::2'], podCidrs: [] },
};
const dual: Partial<ClusterPlan> = {
  subnets: subnetsOf('dual'),
  controlPlane: { name: 'c-control-plane', addresses: ['172.18.0.2', 'fc00:f853:ccd:e793::2'], podCidrs: [] },
  hosts: ['engine.example'],
};

const cases = {
  'v1beta2-1.20.2': ofBoth('v1.20.2'),
  'v1beta2-1.20.2-dual': ofBoth('v1.20.2', dual),
  'v1beta3-1.23.17': ofBoth('v1.23.17'),
  'v1beta3-1.34.0': ofBoth('v1.34.0'),
  'v1beta3-1.34.0-ipv6': ofBoth('v1.34.0', ipv6, {
    name: 'c-worker',
    addresses: ['fc00:f853:ccd:e793::3'],
    podCidrs: [],
  }),
  'v1beta4-1.36.0': ofBoth('v1.36.0'),
  'v1beta4-1.36.0-ipv6': ofBoth('v1.36.0', ipv6, {
    name: 'c-worker',
    addresses: ['fc00:f853:ccd:e793::3'],
    podCidrs: [],
  }),
};

/** What kubeadm is told, by the name of the file that it is compared with. */
export const goldens: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(cases).flatMap(([name, { init, join }]) => [
    [`${name}-init.golden`, init],
    [`${name}-join.golden`, join],
  ]),
);
