import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { World } from '../../../domain/cluster.js';
import { leftSince, takeInventory, type Inventory } from '../../../e2e/inventory.js';
import { podOf } from './test-manifest.js';
import { bootTestNode, type TestNode } from './test-node.js';
import { deadline } from '../../../domain/deadline.js';

const never = new AbortController().signal;
const forever = 'command: [sleep, "10000"]';

let before: Inventory;
let node: TestNode;
beforeAll(async () => {
  before = await takeInventory();
  node = await bootTestNode();
}, 60_000);
afterEach(async () => {
  expect(await node.left()).toBe('');
});
afterAll(async () => {
  await node[Symbol.asyncDispose]();
  expect(await leftSince(before)).toEqual([]);
});

const sh = async (world: World, pod: string, container: string, line: string): Promise<string> => {
  const command = { argv: ['sh', '-c', line], timeoutMs: 10_000 };
  return (await world.exec({ pod, container }, command, never)).stdout;
};

const inodeOf = (path: string) => node.out('stat', '-Lc', '%i', path);

describe('a pod on a node', () => {
  it('has its command, environment, working directory, names and volumes', async () => {
    await using world = await node.open('fields');
    await world.apply(
      [
        podOf(
          'fields',
          `
hostname: other
hostAliases: [{ip: 192.0.2.1, hostnames: [alias.example]}]
dnsPolicy: None
dnsConfig: {nameservers: [192.0.2.53], searches: [example.org], options: [{name: ndots, value: "5"}]}
volumes: [{name: disk, emptyDir: {}}, {name: memory, emptyDir: {medium: Memory, sizeLimit: 1Mi}}]
initContainers:
- {name: first, image: busybox, command: [sh, -c, 'echo one > /disk/log'], volumeMounts: &mounts [{name: disk, mountPath: /disk}, {name: memory, mountPath: /memory}]}
- {name: second, image: busybox, command: [sh, -c, 'echo two >> /disk/log'], volumeMounts: *mounts}
containers:
- name: c
  image: busybox
  command: [sh, -c]
  args: ["echo $(GREETING) '$$(GREETING)' > /memory/said; exec sleep 10000"]
  workingDir: /disk
  env:
  - {name: NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
  - {name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}
  - {name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
  - {name: GREETING, value: hello $(NAME)}
  volumeMounts: *mounts
- {name: reader, image: busybox, ${forever}, volumeMounts: [{name: disk, mountPath: /disk, readOnly: true}]}
`,
        ),
      ],
      never,
    );
    const [pod] = await world.pods(never);
    const run = (line: string, container = 'c') => sh(world, 'fields', container, line);
    expect(await run('cat /memory/said')).toBe('hello fields $(GREETING)\n');
    expect(await run('pwd; cat log; hostname; echo $NODE $IP')).toBe(
      `/disk\none\ntwo\nother\nnode-1 ${pod?.ips[0] ?? ''}\n`,
    );
    expect(await run('cat /etc/hosts')).toContain(`${pod?.ips[0] ?? ''}\tother\n192.0.2.1\talias.example\n`);
    expect(await run('cat /etc/resolv.conf')).toBe(
      'search example.org\nnameserver 192.0.2.53\noptions ndots:5\n',
    );
    expect(await run('df /memory | tail -n 1')).toMatch(/^tmpfs +1024 /);
    expect(await run('cat /disk/log; touch /disk/new 2>&1', 'reader')).toContain('Read-only file system');
    expect(pod?.containers.map(({ name }) => name)).toEqual(['c', 'reader']);
  });

  it('is confined as it says', async () => {
    await using world = await node.open('security');
    await world.apply(
      [
        podOf(
          'confined',
          `
securityContext: {runAsUser: 1000, runAsGroup: 2000, supplementalGroups: [3000], sysctls: [{name: net.ipv4.ip_forward, value: "1"}]}
containers:
- {name: plain, image: busybox, ${forever}}
- {name: capable, image: busybox, ${forever}, securityContext: {runAsUser: 0, capabilities: {drop: [ALL], add: [NET_ADMIN]}}}
- {name: readonly, image: busybox, ${forever}, securityContext: {readOnlyRootFilesystem: true, allowPrivilegeEscalation: false}}
- {name: limited, image: busybox, ${forever}, resources: {limits: {cpu: 250m, memory: 32Mi}}}
`,
        ),
        podOf(
          'privileged',
          `{containers: [{name: c, image: busybox, ${forever}, securityContext: {privileged: true}}]}`,
        ),
        podOf('shared', `{shareProcessNamespace: true, containers: [{name: c, image: busybox, ${forever}}]}`),
      ],
      never,
    );
    const run = (container: string, line: string) => sh(world, 'confined', container, line);
    expect(await run('plain', 'id -u; id -g; id -G; cat /proc/sys/net/ipv4/ip_forward')).toBe(
      '1000\n2000\n2000 3000\n1\n',
    );
    expect(await run('plain', '(echo 0 > /proc/sys/net/ipv4/ip_forward) 2>&1')).toContain('Read-only');
    expect(await run('plain', 'cat /proc/sys/net/ipv4/ip_forward')).toBe('1\n');
    expect(await run('capable', 'id -u; grep CapEff /proc/self/status')).toBe(
      '0\nCapEff:\t0000000000001000\n',
    );
    expect(await run('readonly', 'touch /x 2>&1; grep NoNewPrivs /proc/self/status')).toMatch(
      /Read-only[^]*\t1\n$/,
    );
    expect(
      await sh(
        world,
        'privileged',
        'c',
        'ip link set lo down && echo 0 > /proc/sys/net/ipv4/ip_forward && echo done',
      ),
    ).toBe('done\n');
    expect(await sh(world, 'shared', 'c', 'tr "\\0" " " < /proc/1/cmdline')).toContain('-P');
    const limited = (await world.pods(never))[0]?.containers[3]?.pid ?? -1;
    const cgroup = await node.out('cat', `/proc/${limited}/cgroup`);
    const path = /memory:(.*)$/m.exec(cgroup)?.[1] ?? /^0::(.*)$/m.exec(cgroup)?.[1] ?? '';
    expect(path).toContain(node.dependencies.identity.cgroupParent);
    const limits = ['memory/$0/memory.limit_in_bytes', '$0/memory.max'].map(
      (file) => `cat /sys/fs/cgroup/${file}`,
    );
    expect(await node.out('sh', '-c', limits.join(' || '), path)).toBe(`${32 * 2 ** 20}\n`);
  });

  it("is reached through its hostPort, and by the node's own ports on the node's network", async () => {
    await using world = await node.open('ports');
    await world.apply(
      [
        podOf(
          'mapped',
          '{containers: [{name: c, image: nginx, ports: [{containerPort: 80, hostPort: 8080}], readinessProbe: {httpGet: {port: 80}}}]}',
        ),
        podOf('host', `{hostNetwork: true, containers: [{name: c, image: busybox, ${forever}}]}`),
      ],
      never,
    );
    const host = (await world.pods(never))[1];
    expect(host).toMatchObject({
      hostNetwork: true,
      ips: ['10.244.0.1'],
      cni: { network: '', result: null },
    });
    const own = await inodeOf('/proc/1/ns/net');
    expect(await inodeOf(host?.netnsPath ?? '')).toBe(own);
    expect(await inodeOf(`/proc/${host?.containers[0]?.pid ?? ''}/ns/net`)).toBe(own);
    expect(await sh(world, 'host', 'c', 'hostname; wget -qO- http://10.244.0.1:8080')).toMatch(
      /^node-1\n[^]*nginx/,
    );
  });

  it('is ready when its probes say so', async () => {
    await using world = await node.open('probes');
    const slow = 'sleep 0.4; echo > /tmp/up; exec sleep 10000';
    await world.apply(
      [
        podOf(
          'http',
          '{containers: [{name: c, image: nginx, ports: [{name: web, containerPort: 80}], readinessProbe: {httpGet: {port: web, path: /index.html}}}]}',
        ),
        podOf(
          'tcp',
          '{containers: [{name: c, image: nginx, readinessProbe: {tcpSocket: {port: 80}, successThreshold: 2}}]}',
        ),
        podOf(
          'exec',
          `{containers: [{name: c, image: busybox, command: [sh, -c, "${slow}"], readinessProbe: {exec: {command: [test, -e, /tmp/up]}}}]}`,
        ),
      ],
      never,
    );
    expect(await sh(world, 'exec', 'c', 'ls /tmp/up')).toBe('/tmp/up\n');
    await using other = await node.open('unready');
    const missing = podOf(
      'p',
      '{containers: [{name: c, image: nginx, readinessProbe: {httpGet: {port: 80, path: /none}}}]}',
    );
    await expect(other.apply([missing], deadline(2_000))).rejects.toMatchObject({
      code: 'pod/not-ready',
      evidence: expect.arrayContaining([
        'pod p: Running, sandbox ready',
        expect.stringMatching(
          /^container c: running as process \d+; its readiness probe did not succeed: it was answered `HTTP\/1.1 404 Not Found`$/,
        ),
        expect.stringContaining('c | '),
      ]),
    });
  });

  it('is done when its containers are, and gives its network back', async () => {
    await using world = await node.open('done');
    await world.apply(
      [podOf('job', '{restartPolicy: Never, containers: [{name: c, image: busybox, command: ["true"]}]}')],
      never,
    );
    for (;;) {
      const change = world.changed(10_000, never);
      const [pod] = await world.pods(never);
      if (pod?.netnsPath === '') break;
      await change;
    }
    expect(await world.pods(never)).toMatchObject([
      {
        phase: 'Succeeded',
        ips: [],
        sandbox: { ready: false, pid: -1 },
        containers: [{ state: 'exited', restarts: 0 }],
      },
    ]);
    expect(await node.out('ls', '/run/netns')).toBe('');
  });
});
