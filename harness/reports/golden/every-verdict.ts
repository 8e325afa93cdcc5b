import { unreadable } from '../../domain/fact-types.js';
import type { ControlReport, ExpectationReport, Report } from '../../domain/report.js';
import type { WorldReport } from '../../domain/world-report.js';
import { evidence, hostile, observation } from './facts.js';

const world: WorldReport = {
  let: { p1: 'pods["web"].containers.web', p0: 'p1' },
  observations: { now: observation },
  probes: {},
  unmetWaits: [],
  failure: null,
};

const expectation: ExpectationReport = {
  id: 'same-netns',
  says: 'p1 and p2 are in one network namespace.',
  that: 'p1.netns.inode == p2.netns.inode',
  verdict: 'holds',
  because: '',
  values: [
    { expression: 'p1.netns.inode', value: '4026532501' },
    { expression: 'p2.netns.inode', value: '4026532501' },
    { expression: 'p1.netns.inode == p2.netns.inode', value: 'true' },
  ],
  replay: [],
  uncontrolled: false,
  controls: [{ name: 'the same two containers in two pods', verdict: 'refuted', because: '' }],
};

const control: ControlReport = {
  ...world,
  name: 'the same two containers in two pods',
  refutes: ['same-netns'],
};

/** A report with every verdict, with controls that fail in every way, with failure, unmet waits and hostile text. */
export const everyVerdict: Report = {
  scenarios: [
    {
      ...world,
      footprint: {
        touches: 'reads-nodes',
        reasons: [
          {
            touches: 'reads-nodes',
            why: 'the expectation `owner` reads `nodes`',
            file: hostile,
            position: { line: 31, column: 13 },
          },
        ],
      },
      name: 'shared-namespace',
      file: 'scenarios/shared-namespace.yaml',
      claim: 'Containers within a pod share the same network namespace.',
      labels: { topic: 'network-namespaces', [hostile]: hostile },
      source: {
        document: 'kubernetes-networking-cni-explained',
        section: 'Demonstrating Network Namespaces',
      },
      verdict: 'holds',
      durationMs: 412,
      expectations: [
        expectation,
        {
          ...expectation,
          id: 'localhost',
          says: "p1 reaches p2's server on localhost.",
          that: 'probes.fetch.exitCode == 0 &&\n  probes.fetch.stdout.contains("nginx")\n',
          values: [{ expression: 'probes.fetch.exitCode', value: '0' }],
          uncontrolled: true,
          controls: [],
        },
      ],
      probes: {
        zeroth: { name: 'zeroth', read: true, evidence },
        fetch: {
          name: 'fetch',
          read: false,
          reason: '`wget` did not end within 30000 ms',
          replay: 'nsenter …',
        },
      },
      controls: [control],
    },
    {
      ...world,
      name: 'veth-presence',
      file: 'scenarios/veth-presence.yaml',
      claim: "Each pod's eth0 is one end of a veth pair whose other end is a link of its node.",
      source: null,
      verdict: 'refuted',
      durationMs: 1_234,
      expectations: [
        {
          ...expectation,
          id: 'veth-pair',
          says: "The other end of web's eth0 is a link of its node.",
          that: 'web.link.eth0.kind == "veth" && web.link.eth0.peer.where == "node" && before.nodes["worker-1"].links.exists(l, l.ifindex == web.link.eth0.peer.ifindex)',
          line: 21,
          verdict: 'refuted',
          because: 'web.link.eth0.peer.where is "same-netns", which is not "node"',
          values: [
            { expression: 'web.link.eth0.kind', value: '"veth"' },
            { expression: 'web.link.eth0.peer.where', value: '"same-netns"' },
            { expression: 'web.link.eth0.peer.where ==\n  "node"', value: 'false' },
            { expression: 'before.pods["日本"].ips', value: '["10.88.0.2", "fd00::2"]' },
          ],
          replay: [
            'nsenter --net=/run/netns/cni-1 ip -details -json address show',
            "nsenter --mount=/run/netclaims/1/mnt sh -c 'ethtool -S eth0'",
          ],
          controls: [
            {
              name: 'a pod of the host network',
              verdict: 'refuted',
              because: 'web.link.eth0.kind is "dummy"',
            },
          ],
        },
        {
          ...expectation,
          id: 'output',
          says: `The server says ${hostile}.`,
          that: 'probes.fetch.stdout == ""',
          verdict: 'refuted',
          because: `probes.fetch.stdout is "${hostile}"`,
          values: [{ expression: 'probes.fetch.stdout', value: `"${hostile}"` }],
          replay: [`echo '${hostile}'`],
          probesRead: [{ name: 'fetch' }, { name: 'silent', control: 'a pod of the host network' }],
          uncontrolled: true,
          controls: [],
        },
        {
          ...expectation,
          id: 'mtu',
          says: 'Both ends have the same MTU.',
          that: 'web.link.eth0.mtu == web.link.eth0.peer.mtu',
          line: 31,
          verdict: 'vacuous',
          because: 'it holds in a control that has to refute it',
          values: [],
          controls: [
            { name: 'a pod of the host network', verdict: 'holds', because: '' },
            { name: 'both ends inside the pod', verdict: 'refuted', because: '' },
          ],
        },
      ],
      probes: {
        fetch: {
          name: 'fetch',
          read: true,
          evidence: {
            ...{ ...evidence, exitCode: 1, stdout: 'short\n' },
            stderr: `wget: can't connect to remote host: Connection refused\n${hostile}\n`,
          },
        },
      },
      unmetWaits: [
        {
          until: 'pods.web.phase == "Running"',
          message: 'not true within 30 s',
          values: [{ expression: 'pods.web.phase', value: '"Pending"' }],
        },
      ],
      diagnosis: {
        folder: 'out/veth-presence',
        files: ['node-worker-1-network.txt', 'pod-web-status.txt'],
        notes: ['node-worker-1-log.txt: the first 70000 of 332144 bytes were cut'],
      },
      controls: [
        {
          ...control,
          name: 'a pod of the host network',
          refutes: ['veth-pair', 'mtu'],
          probes: {
            silent: { name: 'silent', read: true, evidence: { ...evidence, exitCode: 139, stdout: '' } },
          },
        },
        {
          ...control,
          name: 'both ends inside the pod',
          refutes: ['mtu'],
          failure: {
            code: 'pod/not-ready',
            what: 'pod near-miss is not ready',
            where: 'applying the manifests',
            evidence: [`last log: ${hostile}`],
            remedy: 'find out what its containers wait for',
          },
          diagnosis: { folder: '', files: [], notes: [`nothing was saved: ${hostile}`] },
        },
      ],
    },
    {
      ...world,
      name: 'pause-container-survival',
      file: 'scenarios/pause-container-survival.yaml',
      claim: 'The pause process holds the network namespace while containers come and go.',
      source: null,
      verdict: 'unknown',
      durationMs: 61_500,
      expectations: [
        {
          ...expectation,
          id: 'same-peer',
          says: "nginx's veth peer is the same after the restart.",
          that: 'before.nginx.link.eth0.peer.ifindex == after.nginx.link.eth0.peer.ifindex',
          verdict: 'unknown',
          because: '`ip` is not installed on node worker-1',
          values: [{ expression: 'before.nginx.link.eth0.peer.ifindex', value: 'unknown' }],
          replay: ['nsenter --net=/proc/4711/ns/net ip -details -json link show'],
          controls: [
            {
              name: 'the pause process is killed',
              verdict: 'unknown',
              because: 'the world ended before `observe after`',
            },
          ],
        },
        { ...expectation, id: 'other-process', says: 'nginx runs as another process.' },
      ],
      failure: {
        code: 'cluster/ground-lost',
        what: 'containerd ended with signal 9',
        where: 'scenarios/pause-container-survival.yaml:31:7 observe after',
        evidence: ['containerd | level=info msg="containerd successfully booted"', `containerd | ${hostile}`],
        remedy: 'find out what ended it, then run again',
      },
      missed: { observations: ['after'], probes: [] },
      controls: [],
    },
    {
      ...world,
      name: 'service-address',
      file: 'scenarios/service-address.yaml',
      claim: "A Service's address is on no link.",
      source: null,
      verdict: 'not-applicable',
      durationMs: 0,
      observations: {},
      notApplicable: 'needs services, which this cluster has not',
      expectations: [
        {
          ...expectation,
          id: 'no-link',
          says: 'No link has the address.',
          verdict: 'not-applicable',
          because: 'needs services, which this cluster has not',
          values: [],
          controls: [],
        },
        {
          ...expectation,
          id: 'answers',
          says: 'It answers.',
          verdict: 'not-applicable',
          because: 'needs services, which this cluster has not',
          values: [],
          controls: [],
        },
      ],
      controls: [],
    },
  ],
  totals: { holds: 3, refuted: 2, vacuous: 1, unknown: 1, notApplicable: 2 },
  cluster: {
    nodes: ['worker-1', 'worker-2'],
    kernel: '6.18.0',
    runtime: 'containerd 1.6.20',
    kubernetes: unreadable('`kubectl` did not end within 5000 ms'),
    cni: 'bridge',
    provider: 'containerd',
  },
  durationMs: 63_146,
  startedAt: '2026-01-02T03:04:05.000Z',
  tool: { version: '0.1.0' },
  kind: 'Report',
  apiVersion: 'netclaims.dev/v1',
};

/** What most runs give: all of it holds. */
export const allHolds: Report = {
  ...everyVerdict,
  cluster: { ...everyVerdict.cluster, kubernetes: 'v1.35.0', nodes: ['worker-1'] },
  durationMs: 824,
  totals: { holds: 2, refuted: 0, vacuous: 0, unknown: 0, notApplicable: 0 },
  scenarios: everyVerdict.scenarios.slice(0, 1).flatMap((scenario) => {
    const controlled = { ...scenario, expectations: scenario.expectations.slice(0, 1) };
    return [controlled, { ...controlled, name: 'again', file: 'scenarios/again.yaml' }];
  }),
};
