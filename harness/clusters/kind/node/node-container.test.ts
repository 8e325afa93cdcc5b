import { describe, expect, it } from '@jest/globals';
import { booted, NodeContainer, type NodeContainerOptions } from './node-container.js';

const options: NodeContainerOptions = {
  name: 'c-control-plane',
  cluster: 'c',
  role: 'control-plane',
  image: 'kindest/node:v1.34.0',
  network: 'kind-c',
  labels: { 'dev.netclaims.cluster-id': '0123' },
  ipv6: false,
  apiAddress: '127.0.0.1',
};

const requestOf = (changes: Partial<NodeContainerOptions>) =>
  new NodeContainer({ ...options, ...changes }).request;

describe('NodeContainer', () => {
  it('asks the engine for what kind asks for', () => {
    expect(requestOf({})).toEqual({
      Image: 'kindest/node:v1.34.0',
      name: 'c-control-plane',
      Hostname: 'c-control-plane',
      Tty: true,
      Env: ['KUBECONFIG=/etc/kubernetes/admin.conf'],
      ExposedPorts: { '6443/tcp': {} },
      Labels: {
        'dev.netclaims.cluster-id': '0123',
        'io.x-k8s.kind.cluster': 'c',
        'io.x-k8s.kind.role': 'control-plane',
      },
      NetworkMode: 'kind-c',
      HostConfig: {
        AutoRemove: false,
        Privileged: true,
        SecurityOpt: ['seccomp=unconfined', 'apparmor=unconfined'],
        Tmpfs: { '/tmp': '', '/run': '' },
        Binds: ['/lib/modules:/lib/modules:ro'],
        Init: false,
        CgroupnsMode: 'private',
        RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 1 },
        Mounts: [
          {
            Type: 'volume',
            Target: '/var',
            VolumeOptions: { Labels: { 'dev.netclaims.cluster-id': '0123' } },
          },
        ],
        PortBindings: { '6443/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] },
      },
    });
  });

  it('gives a worker no port and no kubeconfig', () => {
    const worker = requestOf({ role: 'worker', name: 'c-worker' });
    expect(worker).not.toHaveProperty('ExposedPorts');
    expect(worker).not.toHaveProperty('Env');
    expect(worker.HostConfig).not.toHaveProperty('PortBindings');
    expect(worker.Labels).toMatchObject({ 'io.x-k8s.kind.role': 'worker' });
  });

  it('switches IPv6 on where it is wanted', () => {
    expect(requestOf({}).HostConfig).not.toHaveProperty('Sysctls');
    expect(requestOf({ ipv6: true }).HostConfig).toMatchObject({
      Sysctls: { 'net.ipv6.conf.all.disable_ipv6': '0', 'net.ipv6.conf.all.forwarding': '1' },
    });
  });

  it.each([
    '[  OK  ] Reached target Multi-User System.',
    '[  OK  ] Reached target \u001b[0;1;39mmulti-user.target\u001b[0m - Multi-User System.',
    'INFO: detected cgroup v1',
  ])('takes `%s` for the end of the boot', (line) => expect(line).toMatch(booted));

  it.each(['[  OK  ] Reached target Basic System.', 'Starting Multi-User System'])(
    'waits on after `%s`',
    (line) => expect(line).not.toMatch(booted),
  );
});
