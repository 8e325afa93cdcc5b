import { dump } from 'js-yaml';
import { apiServerPort, type ClusterPlan, type PlannedNode } from './cluster-plan.js';
import { kubeadmApi, type KubernetesVersion } from './kubernetes-version.js';

/** Which of kubeadm's commands the configuration is for. */
export type Role = { readonly kind: 'init' } | { readonly kind: 'join'; readonly node: PlannedNode };

/** The content of /kind/kubeadm.conf: one YAML document for each kind of object, as kind writes them. */
export const kubeadmConfig = (plan: ClusterPlan, version: KubernetesVersion, role: Role): string => {
  const documents =
    role.kind === 'init'
      ? [
          clusterConfiguration(plan, version),
          initConfiguration(plan, version),
          kubeletConfiguration(plan, version),
          kubeProxyConfiguration(),
        ]
      : [joinConfiguration(plan, version, role.node)];
  return documents.map((document) => dump(document, { lineWidth: -1, noRefs: true })).join('---\n');
};

const clusterConfiguration = (plan: ClusterPlan, version: KubernetesVersion): object => ({
  apiVersion: kubeadmApi(version),
  kind: 'ClusterConfiguration',
  kubernetesVersion: plan.version,
  clusterName: plan.cluster,
  // Kubeadm has a gate of its own for it, until the feature is on by itself.
  ...(version.minor < 21 && plan.subnets.pods.length === 2 ? { featureGates: { IPv6DualStack: true } } : {}),
  controlPlaneEndpoint: endpoint(plan),
  apiServer: { certSANs: ['localhost', '127.0.0.1', '::1', ...plan.hosts] },
  controllerManager: {
    extraArgs: args(version, {
      'enable-hostpath-provisioner': 'true',
      // Nodes get theirs as they register (boot/finish-nodes.ts). Up to Kubernetes 1.26 this one waits for ten seconds before it looks for a node,
      // and all controllers after it with it (nodeipam's listNodes).
      'allocate-node-cidrs': 'false',
      // Its controllers begin one after the other, and with its own limit on requests that alone takes seven seconds.
      'kube-api-qps': '200',
      'kube-api-burst': '400',
      ...(isIpv6(plan) ? { 'bind-address': '::' } : {}),
    }),
  },
  scheduler: { extraArgs: args(version, isIpv6(plan) ? { 'bind-address': '::1' } : {}) },
  networking: {
    podSubnet: plan.subnets.pods.join(','),
    serviceSubnet: plan.subnets.services.join(','),
  },
});

const initConfiguration = (plan: ClusterPlan, version: KubernetesVersion): object => ({
  apiVersion: kubeadmApi(version),
  kind: 'InitConfiguration',
  bootstrapTokens: [{ token: plan.token }],
  localAPIEndpoint: { advertiseAddress: plan.controlPlane.addresses[0], bindPort: apiServerPort },
  // Pods run on every node: a cluster of two is to have two for them.
  nodeRegistration: { ...registration(plan, version, plan.controlPlane), taints: [] },
});

const joinConfiguration = (plan: ClusterPlan, version: KubernetesVersion, node: PlannedNode): object => ({
  apiVersion: kubeadmApi(version),
  kind: 'JoinConfiguration',
  nodeRegistration: registration(plan, version, node),
  discovery: {
    bootstrapToken: {
      apiServerEndpoint: endpoint(plan),
      token: plan.token,
      // The nodes have a network to themselves, and the cluster is no older than they are.
      unsafeSkipCAVerification: true,
    },
  },
});

const registration = (plan: ClusterPlan, version: KubernetesVersion, node: PlannedNode): object => ({
  criSocket: 'unix:///run/containerd/containerd.sock',
  kubeletExtraArgs: args(version, {
    'node-ip': node.addresses.join(','),
    'provider-id': `kind://docker/${plan.cluster}/${node.name}`,
  }),
});

const kubeletConfiguration = (plan: ClusterPlan, version: KubernetesVersion): object => ({
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  cgroupDriver: version.minor < 24 ? 'cgroupfs' : 'systemd',
  cgroupRoot: '/kubelet',
  failSwapOn: false,
  // From 1.35 on the kubelet ends on cgroup v1 unless this says otherwise. Before 1.31 it does not know the field.
  ...(version.minor < 31 ? {} : { failCgroupV1: false }),
  ...(isIpv6(plan) ? { address: '::', healthzBindAddress: '::' } : {}),
  // The disk is the machine's, and not the kubelet's to make room on.
  imageGCHighThresholdPercent: 100,
  evictionHard: { 'nodefs.available': '0%', 'nodefs.inodesFree': '0%', 'imagefs.available': '0%' },
  // A node that has become ready says so in a second, not in ten; what has not changed is reported as seldom as ever.
  nodeStatusUpdateFrequency: '1s',
  nodeStatusReportFrequency: '5m0s',
});

const kubeProxyConfiguration = (): object => ({
  apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
  kind: 'KubeProxyConfiguration',
  mode: 'iptables',
  iptables: { minSyncPeriod: '1s' },
  // nf_conntrack_max is the whole machine's.
  conntrack: { maxPerCore: 0 },
});

const endpoint = (plan: ClusterPlan): string => `${plan.controlPlane.name}:${apiServerPort}`;

/** Whether IPv6 is the cluster's own family. */
const isIpv6 = ({ subnets }: ClusterPlan): boolean => subnets.pods[0]?.includes(':') === true;

/** Arguments for a component: an object until v1beta3, a list from v1beta4. */
const args = (version: KubernetesVersion, values: Readonly<Record<string, string>>): object =>
  kubeadmApi(version) === 'kubeadm.k8s.io/v1beta4'
    ? Object.entries(values).map(([name, value]) => ({ name, value }))
    : values;
