import type { OciRuntime } from './oci-runtime.js';

/** Where a node's containerd and the files that configure it are, as the node sees them. */
export const nodePaths = {
  config: '/etc/containerd/config.toml',
  socket: '/run/containerd/containerd.sock',
  containerdPid: '/run/netclaims/containerd.pid',
  log: '/var/log/containerd.log',
  podLogs: '/var/log/pods',
  cniConfig: '/etc/cni/net.d',
  cniBin: '/run/netclaims/cni-bin',
  worlds: '/run/netclaims/worlds',
  execPipes: '/run/netclaims/exec',
  lock: '/run/netclaims/lock',
} as const;

/** Snapshotters and services that a node does not use; each would look for its tools and file systems when containerd starts. */
const unused = [
  'io.containerd.internal.v1.restart',
  'io.containerd.internal.v1.tracing',
  'io.containerd.monitor.v1.cgroups',
  'io.containerd.snapshotter.v1.aufs',
  'io.containerd.snapshotter.v1.btrfs',
  'io.containerd.snapshotter.v1.devmapper',
  'io.containerd.snapshotter.v1.native',
  'io.containerd.snapshotter.v1.zfs',
  'io.containerd.tracing.processor.v1.otlp',
];

/** The configuration file of a node's containerd (TOML, version 2: containerd 1.3 and later). */
export const containerdConfig = (options: {
  readonly pauseImage: string;
  /** undefined for a node that is to run no pods. */
  readonly runtime: OciRuntime | undefined;
}): string => {
  const text = (value: string) => JSON.stringify(value);
  return [
    'version = 2',
    'root = "/var/lib/containerd"',
    'state = "/run/containerd"',
    `disabled_plugins = [${unused.map(text).join(', ')}]`,
    '[grpc]',
    `address = ${text(nodePaths.socket)}`,
    // Its usual place, /opt/containerd, would be a folder on the machine.
    '[plugins."io.containerd.internal.v1.opt"]',
    'path = "/run/containerd/opt"',
    '[plugins."io.containerd.grpc.v1.cri"]',
    `sandbox_image = ${text(options.pauseImage)}`,
    // A sandbox asks for an oom_score_adj below the harness's own, which takes CAP_SYS_RESOURCE.
    'restrict_oom_score_adj = true',
    // Would load a profile into the machine's kernel.
    'disable_apparmor = true',
    '[plugins."io.containerd.grpc.v1.cri".cni]',
    `bin_dir = ${text(nodePaths.cniBin)}`,
    `conf_dir = ${text(nodePaths.cniConfig)}`,
    ...(options.runtime === undefined
      ? []
      : [
          '[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]',
          'runtime_type = "io.containerd.runc.v2"',
          '[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]',
          `BinaryName = ${text(options.runtime.path)}`,
        ]),
    '',
  ].join('\n');
};
