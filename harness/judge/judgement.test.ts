import { describe, expect, it } from '@jest/globals';
import { unreadable } from '../domain/fact-types.js';
import type { WorldReport } from '../domain/world-report.js';
import { link, peer, pod, probe, worldOf, worldReport } from '../domain/testing/world.js';
import { judgeWorld } from './judge-world.js';

const noIp = '`ip` is not installed on node worker-1';
const blind = pod({ links: unreadable(noIp), link: unreadable(noIp) });

const judge = (that: string, world: WorldReport = worldOf({ web: pod(), blind })) => {
  const { verdict, because } = judgeWorld({ world, expressions: [that] })(that);
  return { verdict, because };
};
const holds = { verdict: 'holds', because: '' };
const refuted = (because: string) => ({ verdict: 'refuted', because });
const unknown = (because: string) => ({ verdict: 'unknown', because });
const blindLinks = unknown(`pods.blind.links is unknown: ${noIp}`);

describe('a veth whose other end is on the node', () => {
  const that = 'pods.web.link.eth0.peer.where == "node" && pods.web.link.eth0.peer.ethtoolPeerIfindex == 7';
  const withPeer = (parts: Parameters<typeof peer>[0]) =>
    worldOf({ web: pod({}, [link({ peer: peer(parts) })]) });

  it('holds', () => expect(judge(that)).toEqual(holds));
  it('is refuted for another kind of link', () =>
    expect(judge(that, withPeer({ where: 'none', name: '', ifindex: -1, ethtoolPeerIfindex: -1 }))).toEqual(
      refuted('pods.web.link.eth0.peer.where == "node" is false: pods.web.link.eth0.peer.where = "none"'),
    ));
  it('is unknown when the peer could not be read', () =>
    expect(
      judge(that, worldOf({ web: pod({}, [link({ peer: unreadable('`ethtool` is not installed') })]) })),
    ).toEqual(unknown('pods.web.link.eth0.peer is unknown: `ethtool` is not installed')));
  it('is refuted by a near miss: the right ifindex in the wrong netns', () =>
    expect(judge(that, withPeer({ where: 'same-netns' }))).toEqual(
      refuted(
        'pods.web.link.eth0.peer.where == "node" is false: pods.web.link.eth0.peer.where = "same-netns"',
      ),
    ));
});

describe('two containers in one netns', () => {
  const that = 'pods.a.netns == pods.b.netns';
  const netns = { inode: 4026532281, path: '/run/netns/a', nsid: 0 };
  const world = (b: Parameters<typeof pod>[0]) => worldOf({ a: pod({ netns }), b: pod(b) });

  it('holds', () => expect(judge(that, world({ netns: { ...netns } }))).toEqual(holds));
  it('is refuted by another inode', () =>
    expect(judge(that, world({ netns: { ...netns, inode: 4026532345 } }))).toEqual(
      refuted(
        'pods.a.netns == pods.b.netns is false: pods.a.netns = NetNs{inode: 4026532281, path: "/run/netns/a", nsid: 0}, ' +
          'pods.b.netns = NetNs{inode: 4026532345, path: "/run/netns/a", nsid: 0}',
      ),
    ));
  it('is unknown when one part could not be read and no other differs', () =>
    expect(judge(that, world({ netns: { ...netns, nsid: unreadable('no RTM_GETNSID') } }))).toEqual(
      unknown('pods.b.netns.nsid is unknown: no RTM_GETNSID'),
    ));
  it('is refuted by a part that differs, whatever could not be read', () =>
    expect(
      judge(that, world({ netns: { inode: unreadable('no /proc'), path: '/run/netns/b', nsid: 0 } })).verdict,
    ).toBe('refuted'));
});

describe('what is not there', () => {
  it('refutes: a missing key of a map that was read', () => {
    expect(judge('pods.nope.ips.size() == 1')).toEqual(
      refuted('pods has no entry "nope"; it has: web, blind'),
    );
    expect(judge('pods["nope"].ips.size() == 1')).toEqual(
      refuted('pods has no entry "nope"; it has: web, blind'),
    );
    expect(judge('pods.web.containers.sidecar.pid > 0')).toEqual(
      refuted('pods.web.containers has no entry "sidecar"; it has: app'),
    );
    expect(judge('pods.all(p, pods[p].containers.sidecar.pid > 0)')).toEqual(
      refuted('pods.web.containers has no entry "sidecar"; it has: app'),
    );
    expect(judge('pods.web.ips.size() == 1', worldOf({}))).toEqual(
      refuted('pods has no entry "web"; it is empty'),
    );
  });

  it('lists no more than ten names', () => {
    const pods = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`p${index}`, pod()]));
    expect(judge('pods.web.hostNetwork', worldOf(pods))).toEqual(
      refuted('pods has no entry "web"; it has: p0, p1, p2, p3, p4, p5, p6, p7, p8, p9 and 2 more'),
    );
  });

  it('refutes: an index beyond the end of a list that was read', () => {
    expect(judge('pods.web.ips[1] == ""')).toEqual(refuted('pods.web.ips has no item 1; it has 1 item'));
    expect(judge('pods.web.routes[0].dst == ""')).toEqual(
      refuted('pods.web.routes has no item 0; it has 0 items'),
    );
    expect(judge('"a,b".split(",")[5] == ""')).toEqual(
      refuted('"a,b".split(",") has no item 5; it has 2 items'),
    );
  });

  it('refutes: a missing key of JSON that was read', () => {
    const world = worldReport({ probes: [probe('get', '{"a": {"b": 5}}')] });
    expect(judge('probes.get.json.a.c == 5', world)).toEqual(
      refuted('probes.get.json.a has no entry "c"; it has: b'),
    );
    expect(judge('probes.get.json.a.b.c == 5', world)).toEqual(
      refuted('probes.get.json.a.b has no entry "c"; it is 5'),
    );
  });

  it('can be asked for', () => {
    expect(judge('has(pods.web) && !has(pods.nope) && "web" in pods && !("nope" in pods)')).toEqual(holds);
    expect(judge('has(pods["web"].link.eth0) && !has(pods["web"].link.eth9)')).toEqual(holds);
    expect(judge('has(pods.nope)')).toEqual(
      refuted('has(pods.nope) is false: pods = {"web": Pod{…}, "blind": Pod{…}}'),
    );
    expect(judge('pods.all(p, has(pods[p].containers.app))')).toEqual(holds);
  });
});

describe('what could not be read', () => {
  it('is unknown with its reason', () => {
    expect(judge('pods.blind.links.size() > 0')).toEqual(blindLinks);
    expect(judge('has(pods.blind.links)')).toEqual(blindLinks);
    expect(judge('pods.blind.link.eth9.mtu == 1')).toEqual(unknown(`pods.blind.link is unknown: ${noIp}`));
    expect(
      judge('pods.web.link.eth0.mtu == 1', worldOf({ web: pod({}, [link({ mtu: unreadable('x') })]) })),
    ).toEqual(unknown('pods.web.link.eth0.mtu is unknown: x'));
  });

  it('is unknown when the facts lack a field, or have it as something else', () => {
    const broken = { ...pod(), links: undefined, ips: 'none' } as unknown as ReturnType<typeof pod>;
    const world = worldOf({ web: broken });
    expect(judge('pods.web.links == []', world)).toEqual(
      unknown('pods.web.links is unknown: it is not among the facts'),
    );
    expect(judge('pods.web.ips == []', world)).toEqual(
      unknown('pods.web.ips is unknown: it is recorded as no list<string>'),
    );
  });

  it('is unknown for a probe without a result, and for JSON that is none', () => {
    const reason = 'it ran into its timeout of 10s';
    const world = worldReport({
      probes: [{ name: 'late', read: false, reason, replay: 'curl web' }, probe('text', 'hello', 7)],
    });
    expect(judge('probes.late.exitCode == 0', world)).toEqual(unknown(`probes.late is unknown: ${reason}`));
    expect(judge('probes.text.json.a == 1', world)).toEqual(
      unknown('probes.text.json is unknown: its standard output is no JSON'),
    );
    expect(judge('probes.text.exitCode == 7 && probes.text.stdout == "hello"', world)).toEqual(holds);
  });
});

describe('an expression that goes wrong', () => {
  it.each([
    ['1 / (pods.web.ips.size() - 1) == 1', 'division by zero'],
    ['5 % (pods.web.ips.size() - 1) == 1', 'modulo by zero'],
    ['int(pods.web.name) == 1', 'int() type error: cannot convert to int'],
    ['pods.web.name.matches("(")', 'invalid regular expression: missing closing ): `(`'],
    ['pods.web.name.matches("(" + pods.web.name)', 'invalid regular expression: missing closing ): `(web`'],
    [
      'pods.web.cni.result',
      'it is {"cniVersion": "1.0.0", "interfaces": [{"name": "eth0", "mtu": 1500}]}, neither true nor false',
    ],
    ['pods.web.lnks.size() == 1', 'Pod has no field "lnks": did you mean "links"?'],
    ['pods.web["na" + "mes"] == 1', 'No such key: names'],
    ['pods.web.name ==', 'the expression ends too early'],
  ])('%s is unknown', (that, because) => {
    expect(judge(that)).toEqual(unknown(`the expression failed: ${because}`));
  });
});

describe("CEL's logic", () => {
  const x = 'pods.blind.links.size() > 0';
  const gone = 'pods.nope.hostNetwork';

  it.each([
    `true || ${x}`,
    `${x} || true`,
    `!(false && ${x})`,
    `!(${x} && false)`,
    `true ? true : ${x}`,
    `false ? ${x} : true`,
    `true || ${gone}`,
    `${gone} || true`,
    '["blind", "web"].exists(p, pods[p].links.size() > 0)',
    '["web", "blind"].exists(p, pods[p].links.size() > 0)',
    '!["blind", "web"].all(p, pods[p].links.size() > 1)',
    '!["web", "blind"].all(p, pods[p].links.size() > 1)',
  ])('does not need the part without a value in %s', (that) => expect(judge(that)).toEqual(holds));

  it.each([
    `true && ${x}`,
    `${x} && true`,
    `false || ${x}`,
    `${x} || false`,
    `${x} ? true : true`,
    `true ? ${x} : true`,
    `!(${x})`,
    '["blind", "web"].all(p, pods[p].links.size() > 0)',
    '["web", "blind"].all(p, pods[p].links.size() > 0)',
    '["web", "blind"].exists(p, pods[p].links.size() > 1)',
    'pods.filter(p, pods[p].links.size() > 0).size() == 1',
    'pods.map(p, pods[p].links.size()) == [1, 1]',
    'pods.exists_one(p, pods[p].links.size() > 0)',
  ])('needs it in %s', (that) => expect(judge(that)).toEqual(blindLinks));

  it.each([`${gone} && ${x}`, `${x} && ${gone}`, `${gone} || ${x}`, `${x} || ${gone}`])(
    'lets unknown win over absent in %s',
    (that) => expect(judge(that)).toEqual(blindLinks),
  );

  it.each([`${gone} && true`, `true && ${gone}`, `!(${gone})`, `(${x} || true) && ${gone}`])(
    'is refuted by what is absent and needed in %s',
    (that) => expect(judge(that)).toEqual(refuted('pods has no entry "nope"; it has: web, blind')),
  );
});
