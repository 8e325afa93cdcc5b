import { GenericContainer, Wait } from 'testcontainers';
import { kindLabels } from '../ownership/labels.js';
import { apiPort } from '../kubeadm/cluster-plan.js';

export interface NodeContainerOptions {
  readonly name: string;
  readonly cluster: string;
  readonly role: 'control-plane' | 'worker';
  readonly image: string;
  readonly network: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ipv6: boolean;
  /** Where the API server's port is reachable on the engine's machine. */
  readonly apiAddress: string;
}

const bootTimeoutMs = 120_000;

/** What systemd prints once a command may be run: one that comes earlier leaves processes in the root cgroup, and kubelet then fails. */
export const booted = /Reached target .*Multi-User System.*|detected cgroup v1/;

/**
 * A node's container as `kind` runs it. What GenericContainer has no word for goes into what it sends to the engine: a terminal (for
 * the entrypoint's log), a private cgroup namespace, the volume of /var, sysctls, and the address of a port.
 */
export class NodeContainer extends GenericContainer {
  constructor(options: NodeContainerOptions) {
    super(options.image);
    const { name, cluster, role, network, labels, ipv6 } = options;
    this.withName(name)
      .withHostname(name)
      .withLabels({ ...labels, [kindLabels.cluster]: cluster, [kindLabels.role]: role })
      // Ryuk is told of the cluster itself, see watch-over.ts: a cluster that is kept must outlive this process.
      .withAutoCleanup(false)
      .withNetworkMode(network)
      .withPrivilegedMode()
      .withSecurityOpt('seccomp=unconfined', 'apparmor=unconfined')
      .withTmpFs({ '/tmp': '', '/run': '' })
      .withBindMounts([{ source: '/lib/modules', target: '/lib/modules', mode: 'ro' }])
      .withWaitStrategy(Wait.forLogMessage(booted))
      .withStartupTimeout(bootTimeoutMs);
    if (role === 'control-plane') this.withEnvironment({ KUBECONFIG: '/etc/kubernetes/admin.conf' });

    Object.assign(this.createOpts, {
      Tty: true,
      ...(role === 'control-plane' ? { ExposedPorts: { [apiPort]: {} } } : {}),
    });
    Object.assign(this.hostConfig, {
      Init: false,
      CgroupnsMode: 'private',
      // After a start of the machine, but not for ever.
      RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 1 },
      // Without a source, it is anonymous: filled from the image, and removed with the container.
      Mounts: [{ Type: 'volume', Target: '/var', VolumeOptions: { Labels: { ...labels } } }],
      ...(ipv6
        ? { Sysctls: { 'net.ipv6.conf.all.disable_ipv6': '0', 'net.ipv6.conf.all.forwarding': '1' } }
        : {}),
      ...(role === 'control-plane'
        ? { PortBindings: { [apiPort]: [{ HostIp: options.apiAddress, HostPort: '' }] } }
        : {}),
    });
  }

  /** What will be sent to the engine. */
  get request(): Readonly<Record<string, unknown>> {
    return { ...this.createOpts, NetworkMode: this.networkMode, HostConfig: this.hostConfig };
  }
}
