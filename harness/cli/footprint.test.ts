import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { packageFile } from '../clusters/package-file.js';
import { mostOf } from '../domain/footprint.js';
import { formatProblem } from '../domain/problem.js';
import { worldsOf } from '../domain/scenario.js';
import { expressionChecker } from '../judge/expression-checker.js';
import { loadScenarios } from '../scenario/load.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netclaims-footprint-'));
});
afterEach(() => rm(folder, { recursive: true }));

interface Parts {
  readonly spec?: string;
  readonly container?: string;
  readonly steps?: string;
  readonly that?: string;
  readonly controls?: string;
  readonly manifests?: string;
}

const scenario = ({
  spec = '',
  container = '',
  steps = '',
  that = 'pods.web.ips.size() == 1',
  controls = '',
  manifests = `[{ apiVersion: v1, kind: Pod, metadata: { name: web }, spec: { ${spec}containers: [{ name: app, image: busybox${container} }] } }]`,
}: Parts) => `apiVersion: netclaims.dev/v1
kind: Scenario
metadata: { name: s }
spec:
  claim: A claim.
  requires: [changeable-network]
  manifests: ${manifests}
  let: { node: 'nodes["one"]', own: pods.web.ips }
  steps:
    - observe: before
${steps}    - observe: now
  expect:
    - { id: other, says: B., that: 'pods.size() == 1' }
    - { id: a, says: A., that: '${that}' }
  controls:
${controls}    - { name: c, refutes: [other], let: { own: '[]', node: 'nodes["two"]' } }
`;

const footprints = async (parts: Parts) => {
  await writeFile(join(folder, 's.yaml'), scenario(parts));
  const loaded = await loadScenarios([join(folder, 's.yaml')], { checker: expressionChecker });
  const errors = loaded.problems.filter(({ severity }) => severity === 'error');
  expect(errors.map(formatProblem)).toEqual([]);
  return loaded.scenarios.flatMap((one) => worldsOf(one).map(({ footprint }) => footprint));
};

const only = async (parts: Parts) => {
  const [footprint] = await footprints(parts);
  return [footprint?.touches, ...(footprint?.reasons ?? []).map(({ why }) => why)];
};

const probe = (text: string) => `    - probe: { name: p, ${text} }\n`;

describe('a world touches nothing beyond its own pods', () => {
  it.each([
    {},
    { steps: probe('in: { pod: web, container: app }, run: [ip, link, add, x]') },
    { steps: probe('in: { netns: web }, run: [ip, link]') },
    { that: 'own.size() == 1 && pods.web.link.eth0.peer.where == "node"' },
    { container: ', securityContext: { capabilities: { add: [NET_ADMIN, SYS_ADMIN] } }' },
    { container: ', ports: [{ containerPort: 80 }]' },
    { spec: 'volumes: [{ name: x, emptyDir: {} }], ' },
  ])('%j', async (parts) => {
    expect(await only(parts)).toEqual(['none']);
  });
});

describe('a world reads nodes', () => {
  it.each([
    [{ that: 'nodes.size() == 1' }, 'the expectation `a` reads `nodes`'],
    [{ that: 'node.kernel != ""' }, 'the expectation `a` reads `nodes` through `node`'],
    [{ that: 'before.nodes == nodes' }, 'the expectation `a` reads `before.nodes`'],
    [{ that: 'before.node.kernel != ""' }, 'the expectation `a` reads `nodes` through `node`'],
    [{ steps: '    - wait: { until: "nodes.size() == 1" }\n' }, '`wait` reads `nodes`'],
    [
      { steps: probe('in: { netns: web }, env: { N: node.kernel }, run: ["true"]') },
      'the variable `N` of the probe `p` reads `nodes` through `node`',
    ],
    [
      { steps: probe(`in: { node: "web's node" }, reads: true, run: [ip, link]`) },
      'the probe `p` reads a node',
    ],
    [{ spec: 'hostNetwork: true, ' }, 'Pod `web` has `hostNetwork`, so that it shares that with its node'],
    [{ spec: 'hostPID: true, ' }, 'Pod `web` has `hostPID`, so that it shares that with its node'],
    [
      { container: ', ports: [{ containerPort: 80, hostPort: 80 }]' },
      'Pod `web` takes a port of its node (`hostPort`)',
    ],
    [
      {
        spec: 'volumes: [{ name: x, hostPath: { path: /proc } }], ',
        container: ', volumeMounts: [{ name: x, mountPath: /x, readOnly: true }]',
      },
      'Pod `web` reads a folder of its node (`hostPath` of the volume `x`)',
    ],
  ])('%j', async (parts, why) => {
    expect(await only(parts)).toEqual(['reads-nodes', why]);
  });
});

describe('a world changes nodes', () => {
  it.each([
    [{ steps: probe('in: { node: one }, run: [ip, link]') }, 'the probe `p` runs on a node'],
    [{ steps: probe(`in: { node: "web's node" }, reads: false, run: [ip]`) }, 'the probe `p` runs on a node'],
    [
      {
        steps: `    - repeat: { times: 2, steps: [{ probe: { name: p, in: { node: one }, run: ['true'] } }] }\n`,
      },
      'the probe `p` runs on a node',
    ],
    [
      { steps: '    - reconfigure: { set: { mtu: 1400 } }\n' },
      '`reconfigure` changes the network of every node',
    ],
    [{ container: ', securityContext: { privileged: true }' }, 'a container of Pod `web` is `privileged`'],
    [
      { container: ', securityContext: { capabilities: { add: [SYS_MODULE] } }' },
      'a container of Pod `web` has the capability SYS_MODULE',
    ],
    [
      {
        spec: 'volumes: [{ name: x, hostPath: { path: /opt } }], ',
        container: ', volumeMounts: [{ name: x, mountPath: /x }]',
      },
      'Pod `web` can write to a folder of its node (`hostPath` of the volume `x`)',
    ],
    [
      {
        spec: 'volumes: [{ name: x, hostPath: { path: /opt/new, type: DirectoryOrCreate } }], ',
        container: ', volumeMounts: [{ name: x, mountPath: /x, readOnly: true }]',
      },
      'Pod `web` can write to a folder of its node (`hostPath` of the volume `x`)',
    ],
  ])('%j', async (parts, why) => {
    expect(await only(parts)).toEqual(['changes-nodes', why]);
  });

  it('by a probe or a capability in a pod on the host network, named or of a workload', async () => {
    expect(
      await only({
        spec: 'hostNetwork: true, ',
        steps: probe('in: { netns: web }, run: [iptables, -S]'),
        container: ', securityContext: { capabilities: { add: [CAP_NET_ADMIN] } }',
      }),
    ).toEqual([
      'changes-nodes',
      'Pod `web` has `hostNetwork`, so that it shares that with its node',
      'a container of Pod `web` has the capability CAP_NET_ADMIN',
      'the probe `p` runs in the network namespace of a node, as `web` is on the host network',
    ]);
    const pod = '{ hostNetwork: true, containers: [{ name: app, image: busybox }] }';
    const made = `{ apiVersion: apps/v1, kind: DaemonSet, metadata: { name: web }, spec: { template: { spec: ${pod} } } }`;
    expect(await only({ manifests: `[${made}]`, steps: probe('in: { netns: web-x1 }, run: [ip]') })).toEqual([
      'changes-nodes',
      'DaemonSet `web` has `hostNetwork`, so that it shares that with its node',
      'the probe `p` runs in the network namespace of a node, as `web-x1` is on the host network',
    ]);
  });

  it('by what a step applies', async () => {
    const job = `{ apiVersion: batch/v1, kind: CronJob, metadata: { name: j }, spec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: a, image: b, securityContext: { privileged: true } }] } } } } } }`;
    expect(await only({ steps: `    - apply: { manifests: [${job}] }\n` })).toEqual([
      'changes-nodes',
      'a container of CronJob `j` is `privileged`',
    ]);
  });
});

describe('the world of a control', () => {
  it('evaluates the expectations that it refutes, and no others', async () => {
    const controls = `    - { name: b, refutes: [a], let: { own: '[]', node: 'nodes["two"]' } }\n`;
    const [own, refuting, other] = await footprints({ that: 'node.kernel != ""', controls });
    expect([own, refuting, other].map((one) => one?.touches)).toEqual(['reads-nodes', 'reads-nodes', 'none']);
  });

  it('has steps of its own', async () => {
    const controls = `    - { name: b, refutes: [a], steps: [{ probe: { name: p, in: { node: one }, run: ['true'] } }, { observe: now }] }\n`;
    expect((await footprints({ controls })).map(({ touches }) => touches)).toEqual([
      'none',
      'changes-nodes',
      'none',
    ]);
  });
});

it('refuses `reads` of a probe in a pod', async () => {
  const steps = probe('in: { netns: web }, reads: true, run: [ip, link]');
  await writeFile(join(folder, 's.yaml'), scenario({ steps }));
  const { problems } = await loadScenarios([folder], { checker: expressionChecker });
  expect(problems.map(formatProblem)).toContainEqual(
    expect.stringMatching(/s\.yaml:11:\d+ `reads` is for probes on a node/),
  );
});

it('says where each reason stands', async () => {
  const [footprint] = await footprints({
    steps: probe('in: { node: one }, run: [ip, link]'),
    that: 'nodes.size() == 1',
    spec: 'hostPID: true, ',
  });
  expect(footprint?.reasons.map(({ position }) => position)).toEqual([
    { line: 7, column: 86 },
    { line: 11, column: 7 },
    { line: 15, column: 32 },
  ]);
});

it('knows what the catalogue touches', async () => {
  const { scenarios } = await loadScenarios([packageFile('scenarios')], { checker: expressionChecker });
  const touches = Object.fromEntries(
    scenarios.map((one) => [one.name, mostOf(worldsOf(one).map(({ footprint }) => footprint.touches))]),
  );
  expect(touches).toMatchObject({
    'pods-on-one-node': 'none',
    'veth-presence': 'reads-nodes',
    'host-network': 'reads-nodes',
    'changed-network': 'changes-nodes',
    'restarted-kubelet': 'changes-nodes',
  });
});
