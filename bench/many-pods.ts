import type { Facts } from '../harness/domain/fact-types.js';
import type { Evidence, Observation } from '../harness/domain/observation.js';
import { totalsOf, type ExpectationReport, type Report } from '../harness/domain/report.js';
import { undescribedNetwork } from '../harness/domain/undescribed-network.js';

const link = (name: string, ifindex: number, parts: Partial<Facts<'Link'>>): Facts<'Link'> => ({
  ...{
    name,
    ifindex,
    kind: 'veth',
    mtu: 1500,
    mac: '02:00:00:00:00:01',
    state: 'UP',
    addresses: [],
    master: '',
  },
  peer: noPeer,
  ...parts,
});

const noPeer: Facts<'Peer'> = {
  ...{
    where: 'none',
    name: '',
    ifindex: -1,
    kind: '',
    mtu: -1,
    state: '',
    master: '',
    ethtoolPeerIfindex: -1,
  },
};

const address = (index: number): string => `10.244.${Math.floor(index / 250)}.${(index % 250) + 2}`;

const podOf = (index: number): Facts<'Pod'> => {
  const inode = 4_026_532_000 + index;
  const lo = link('lo', 1, { kind: 'loopback' });
  const eth0 = link('eth0', 2, {
    addresses: [{ family: 'inet', address: address(index), prefix: 16, scope: 'global' }],
    peer: { ...noPeer, where: 'node', name: `veth${index}`, ifindex: 10 + index, kind: 'veth', mtu: 1500 },
  });
  return {
    ...{
      name: `pod-${index}`,
      namespace: 'bench',
      uid: `${index}`,
      node: 'node-1',
      phase: 'Running',
      trouble: '',
    },
    ...{
      hostNetwork: false,
      ips: [address(index)],
      netns: { inode, path: `/run/netns/${index}`, nsid: index },
    },
    sandbox: {
      id: `s${index}`,
      pid: 1_000 + index,
      command: '/pause',
      image: 'pause',
      alive: true,
      netns: { inode },
    },
    containers: {
      app: {
        id: `c${index}`,
        pid: 3_000 + index,
        image: 'busybox',
        restarts: 0,
        state: 'running',
        netns: { inode },
      },
    },
    links: [lo, eth0],
    link: { lo, eth0 },
    routes: [route('default', '10.244.0.1'), route('10.244.0.0/16', '')],
    neighbours: [],
    cni: { network: 'bridge', result: null },
  };
};

const route = (dst: string, gateway: string): Facts<'Route'> => ({
  ...{ family: 'inet', type: 'unicast', table: 'main', dst, gateway, dev: 'eth0' },
  ...{ protocol: 'boot', scope: '', source: '', metric: 0 },
});

const evidenceOf = (index: number): Evidence => ({
  node: 'node-1',
  argv: ['ip', '-details', '-json', 'address', 'show'],
  replay: `nsenter --net=/run/netns/${index} ip -details -json address show`,
  at: '2026-01-01T00:00:00.000Z',
  exitCode: 0,
  stdout: '[{"ifindex":2,"ifname":"eth0","flags":["BROADCAST","UP"],"mtu":1500}]\n'.repeat(20),
  stderr: '',
});

/** An observation of so many pods on the bridge of one node, with a command for each of them. */
export const observationOf = (pods: number): Observation => {
  const all = Array.from({ length: pods }, (_, index) => podOf(index));
  const veths = all.map((_, index) =>
    link(`veth${index}`, 10 + index, {
      master: 'cni0',
      peer: { ...noPeer, where: 'pod', name: 'eth0', ifindex: 2, kind: 'veth', mtu: 1500 },
    }),
  );
  return {
    ...{ name: 'now', at: '2026-01-01T00:00:00.000Z', durationMs: 7_000 },
    pods: Object.fromEntries(all.map((pod, index) => [`pod-${index}`, pod])),
    nodes: {
      'node-1': {
        ...{
          name: 'node-1',
          kernel: '6.18.0',
          netns: { inode: 4_026_531_840 },
          link: {},
          routes: [],
          rules: [],
        },
        links: [link('lo', 1, { kind: 'loopback' }), link('cni0', 2, { kind: 'bridge' }), ...veths],
        ...{ namespaces: [], namedNetns: [], cni: { networks: ['bridge'], plugins: [], results: [] } },
        ...{ ipam: {}, podCIDRs: ['10.244.0.0/16'] },
      },
    },
    cluster: { ...clusterFacts, network: undescribedNetwork, capabilities: [] },
    evidence: all.map((_, index) => evidenceOf(index)),
    sources: Object.fromEntries(all.map((_, index) => [`pods.pod-${index}`, index])),
  };
};

const clusterFacts = {
  ...{ provider: 'containerd', cni: 'bridge', kubernetes: '', runtime: 'containerd 1.6', kernel: '6.18.0' },
} as const;

/** A report of one scenario that has observed so many pods, with so many expectations, one in ten of them refuted. */
export const manyPods = (pods: number, expectations: number): Report => {
  const judged = Array.from({ length: expectations }, (_, index): ExpectationReport => {
    const verdict = index % 10 === 0 ? 'refuted' : 'holds';
    const place = `pods["pod-${index % pods}"].link.eth0`;
    return {
      ...{
        id: `mtu-${index}`,
        says: `The ends of pod-${index % pods} have one MTU.`,
        verdict,
        uncontrolled: false,
      },
      that: `${place}.mtu == ${place}.peer.mtu`,
      because: verdict === 'holds' ? '' : `${place}.mtu is 1500, and ${place}.peer.mtu is 1450`,
      values: [
        { expression: `${place}.mtu`, value: '1500' },
        { expression: `${place}.peer.mtu`, value: '1450' },
      ],
      replay: [`nsenter --net=/run/netns/${index % pods} ip -details -json link show`],
      controls: [{ name: 'an end of another MTU', verdict: 'refuted', because: 'it is 1400' }],
    };
  });
  const scenarios: Report['scenarios'] = [
    {
      ...{ name: 'many-pods', file: 'scenarios/many-pods.yaml', claim: 'Both ends of a veth have one MTU.' },
      ...{
        labels: { topic: 'veth' },
        source: null,
        verdict: 'refuted',
        durationMs: 9_000,
        expectations: judged,
      },
      ...{ let: {}, observations: { now: observationOf(pods) }, probes: {}, unmetWaits: [], failure: null },
      controls: [],
    },
  ];
  return {
    ...{ apiVersion: 'netclaims.dev/v1', kind: 'Report', tool: { version: '0.1.0' } },
    ...{
      startedAt: '2026-01-01T00:00:00.000Z',
      durationMs: 10_000,
      cluster: { ...clusterFacts, nodes: ['node-1'] },
    },
    totals: totalsOf(scenarios),
    scenarios,
  };
};
