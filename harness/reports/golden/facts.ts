import { unreadable, type Facts } from '../../domain/fact-types.js';
import type { Evidence, Observation } from '../../domain/observation.js';
import { undescribedNetwork } from '../../domain/undescribed-network.js';

/**
 * Printed by a container that means harm: escapes, controls, the ends of XML sections and of scripts, a change of direction, half a
 * character, commands for CI systems, a mention.
 */
export const hostile =
  '\u001b[31mred\u001b[0m\u0007 ]]> <b a="1">\'&amp; \u202egnp\u202c 🦊 \ud83d \u0000\ufffe ::error file=a::e ##[error]e </script><script>alert(1)</script> @all';

const link: Facts<'Link'> = {
  name: 'eth0',
  ifindex: 2,
  kind: 'veth',
  mtu: 1500,
  mac: '1e:0a:0f:58:00:02',
  state: 'UP',
  addresses: [{ family: 'inet', address: '10.88.0.2', prefix: 16, scope: 'global' }],
  master: '',
  peer: unreadable('`ip` is not installed on node worker-1'),
};

const pod: Facts<'Pod'> = {
  name: 'web',
  namespace: 'veth-presence-1f2e',
  uid: '6e1f7c1e-0000-4000-8000-000000000001',
  node: 'worker-1',
  phase: 'Running',
  trouble: '',
  hostNetwork: false,
  ips: ['10.88.0.2'],
  netns: { inode: 4026532501, path: '/run/netns/cni-1', nsid: 0 },
  sandbox: {
    id: 'f00d',
    pid: 4711,
    command: '/pause',
    image: 'netclaims.dev/pause:1',
    alive: true,
    netns: { inode: 4026532501 },
  },
  containers: {
    web: {
      id: 'cafe',
      pid: 4712,
      image: 'nginx',
      restarts: 0,
      state: 'running',
      netns: { inode: 4026532501 },
    },
  },
  links: [link],
  link: { eth0: link },
  routes: [
    {
      family: 'inet',
      type: 'unicast',
      table: 'main',
      dst: 'default',
      gateway: '10.88.0.1',
      dev: 'eth0',
      protocol: 'boot',
      scope: '',
      source: '',
      metric: 0,
    },
  ],
  neighbours: [],
  cni: { network: 'bridge', result: { cniVersion: '1.0.0', interfaces: [{ name: 'eth0', mac: null }] } },
};

const node: Facts<'Node'> = {
  name: 'worker-1',
  kernel: '6.18.0',
  netns: { inode: 4026531840 },
  links: unreadable('`ip` is not installed on node worker-1'),
  link: unreadable('`ip` is not installed on node worker-1'),
  routes: unreadable('`ip` is not installed on node worker-1'),
  rules: unreadable('`ip` is not installed on node worker-1'),
  namespaces: [{ inode: 4026532501, nprocs: 2, pid: 4711, command: '/pause' }],
  namedNetns: [],
  cni: { networks: ['bridge'], plugins: ['bridge', 'portmap'], results: ['bridge-f00d-eth0'] },
  ipam: { bridge: { addresses: ['10.88.0.2'] } },
  podCIDRs: ['10.88.0.0/16'],
};

export const evidence: Evidence & { readonly exitCode: number } = {
  node: 'worker-1',
  argv: ['lsns', '--json', '-t', 'net'],
  replay: "nsenter --mount=/run/netclaims/1/mnt lsns --json -t net | grep 'it'\"'\"'s'",
  at: '2026-01-02T03:04:05.678Z',
  exitCode: 0,
  stdout: hostile,
  stderr: '',
};

/** Written with its keys in another order than the schema's, and its pods unsorted. */
export const observation: Observation = {
  sources: { 'pods.web': 0, nodes: 1 },
  evidence: [evidence, { ...evidence, argv: ['ip', 'link'], exitCode: null, stdout: '', stderr: 'gone' }],
  cluster: {
    provider: 'containerd',
    cni: 'bridge',
    network: undescribedNetwork,
    kubernetes: '',
    runtime: 'containerd 1.6.20',
    kernel: '6.18.0',
    capabilities: ['veth'],
  },
  nodes: { 'worker-1': node },
  pods: { web: pod, alone: { ...pod, name: 'alone', containers: unreadable('the pod is gone') } },
  durationMs: 41,
  at: '2026-01-02T03:04:05.600Z',
  name: 'now',
};
