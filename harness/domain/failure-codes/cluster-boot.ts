import type { FailureRows } from './rows.js';

const doctor = 'run `netclaims doctor`: it names what this machine lacks';

/** Making a cluster. */
export const clusterBootCodes = {
  'cluster/containerd-not-started': {
    meaning: "A node's containerd did not start.",
    remedy: doctor,
  },
  'cluster/cri-too-old': {
    meaning: 'This containerd does not speak version 1 of the container runtime interface.',
    remedy: 'install containerd 1.6 or newer, with its CRI plugin enabled',
  },
  'cluster/engine-unsuitable': {
    meaning: 'The container engine is too old, or does not run Linux containers.',
    remedy: 'use Docker 20.10 or newer with Linux containers',
  },
  'cluster/no-address': {
    meaning: 'The nodes of a kind cluster have no address of the wanted IP family.',
    remedy: 'use another `--ip-family`',
  },
  'cluster/no-admin-conf': {
    meaning: 'The control plane of a kind cluster has no usable kubeconfig.',
    remedy: 'remove the cluster with `netclaims cluster down NAME` and make it again',
  },
  'cluster/no-api-port': {
    meaning: 'The engine published no port for the API server.',
    remedy: 'restart the engine',
  },
  'cluster/no-default-cni': {
    meaning: 'The node image has no default CNI.',
    remedy: 'use `--cni ptp`, or a CNI of your choice with `--cni FILE.yaml`',
  },
  'cluster/no-engine': {
    meaning: 'There is no container engine.',
    remedy: 'start Docker or Podman, or set DOCKER_HOST',
  },
  'cluster/no-ipv6': {
    meaning: 'The container engine makes no IPv6 network.',
    remedy: 'use `--ip-family ipv4`, or enable IPv6 in the engine',
  },
  'cluster/no-node': {
    meaning: 'A node could not be made, or the cluster has none.',
    remedy: doctor,
  },
  'cluster/no-plugin': {
    meaning: 'The network needs a CNI plugin that is not installed.',
    remedy: 'name the folder of the plugins with `--cni-bin-dir`',
  },
  'cluster/no-underlay': {
    meaning: 'The nodes could not be connected to each other.',
    remedy: doctor,
  },
  'cluster/node-not-started': {
    meaning: "A kind node's container did not start.",
    remedy: 'check that the engine runs privileged containers: `docker run --privileged`',
  },
  'cluster/node-step': {
    meaning: 'A step of making a kind node failed.',
    remedy: 'check that the node image supports this kernel, or use `--cluster containerd`',
  },
  'cluster/nodes-not-ready': {
    meaning: 'The nodes of a kind cluster did not become ready in time.',
    remedy: 'check that the network (`--cni`) works on these nodes',
  },
  'cluster/none-usable': {
    meaning: 'No kind of cluster can be made on this machine.',
    remedy: 'fix one of the named causes, or use `--cluster kubeconfig`',
  },
  'cluster/not-installed': {
    meaning: '`netclaims doctor --install` could not install what is missing.',
    remedy: 'install the named packages by hand',
  },
  'cluster/not-usable': {
    meaning: 'The wanted kind of cluster cannot be made on this machine.',
    remedy: doctor,
  },
  'cluster/version': {
    meaning: 'The node image has no Kubernetes version that netclaims supports.',
    remedy: 'name another image with `--node-image`',
  },
} as const satisfies FailureRows;
