import { describe, expect, it } from '@jest/globals';
import { link, observation, pod, probe, worldReport } from '../domain/testing/world.js';
import { judgeWorld } from './judge-world.js';

const links = (...names: readonly string[]) => names.map((name, index) => link({ name, ifindex: index + 1 }));
const pods = {
  web: pod({}, [link({ name: 'lo', ifindex: 1, kind: 'loopback', mtu: 65536 }), link()]),
  db: pod({ netns: { inode: 4026532345, path: '', nsid: 1 } }, [link({ kind: 'macvlan', mtu: 1400 })]),
  many: pod({}, links('a', 'b', 'c', 'd', 'e', 'f', 'g')),
};
const world = worldReport({
  let: { p1: 'pods.web', p2: 'pods.db', eth: '"eth0"' },
  observations: [observation('now', { pods })],
  probes: [probe('fetch', '<h1>nginx</h1>\n', 1)],
});
const judge = (that: string) => judgeWorld({ world, expressions: [that] })(that);

describe('because', () => {
  it.each([
    [
      'p1.netns.inode == p2.netns.inode',
      'p1.netns.inode == p2.netns.inode is false: p1.netns.inode = 4026532281, p2.netns.inode = 4026532345',
    ],
    [
      '(p2.link.eth0.mtu - 50) * 2 == p1.link.eth0.mtu',
      '(p2.link.eth0.mtu - 50) * 2 == p1.link.eth0.mtu is false: (p2.link.eth0.mtu - 50) * 2 = 2700, ' +
        'p2.link.eth0.mtu - 50 = 1350, p2.link.eth0.mtu = 1400, p1.link.eth0.mtu = 1500',
    ],
    ['p1.hostNetwork', 'p1.hostNetwork is false'],
    ['false', 'false is false'],
    ['1 == 2', '1 == 2 is false'],
    ['!(p1.name == "web")', '!(p1.name == "web") is false: p1.name = "web"'],
    [
      'probes.fetch.exitCode == 0 && probes.fetch.stdout.contains("nginx")',
      'probes.fetch.exitCode == 0 is false: probes.fetch.exitCode = 1',
    ],
    [
      'probes.fetch.exitCode == 1 && !probes.fetch.stdout.contains("nginx")',
      '!probes.fetch.stdout.contains("nginx") is false: probes.fetch.stdout = "<h1>nginx</h1>\\n"',
    ],
    [
      'p1.name == "x" || p2.hostNetwork || probes.fetch.exitCode == 0',
      'p1.name == "x" || p2.hostNetwork || probes.fetch.exitCode == 0 is false: ' +
        'p1.name = "web", p2.hostNetwork = false, probes.fetch.exitCode = 1',
    ],
    ['p1.hostNetwork ? true : p1.name == "x"', 'p1.name == "x" is false: p1.name = "web"'],
    [
      'pods.all(p, pods[p].link.eth0.kind == "veth")',
      'pods.all(p, pods[p].link.eth0.kind == "veth") is false: p = "db", pods[p].link.eth0.kind = "macvlan"',
    ],
    [
      'pods.all(p, p != "db" && pods[p].links.size() > 0)',
      'pods.all(p, p != "db" && pods[p].links.size() > 0) is false: p = "db"',
    ],
    [
      'pods.all(p, pods[p].links.all(l, l.mtu >= 1500))',
      'pods.all(p, pods[p].links.all(l, l.mtu >= 1500)) is false: p = "db", ' +
        'l = Link{name: "eth0", ifindex: 2, kind: "macvlan", mtu: 1400, …, l.mtu = 1400',
    ],
    [
      'p1.ips.exists(ip, ip == "10.0.0.1")',
      'p1.ips.exists(ip, ip == "10.0.0.1") is false: p1.ips = ["10.244.0.2"], ip = "10.244.0.2"',
    ],
    [
      '["web", "db"].exists(p, pods[p].hostNetwork)',
      '["web", "db"].exists(p, pods[p].hostNetwork) is false: p = "web", pods[p].hostNetwork = false, ' +
        'p = "db", pods[p].hostNetwork = false',
    ],
    [
      'p1.routes.exists(r, r.dst == "default")',
      'p1.routes.exists(r, r.dst == "default") is false: p1.routes = []',
    ],
    [
      'p1.links.exists_one(l, l.mtu > 1)',
      'p1.links.exists_one(l, l.mtu > 1) is false: l = Link{name: "lo", ifindex: 1, kind: "loopback", mtu: 65536, …, ' +
        'l.mtu = 65536, l = Link{name: "eth0", ifindex: 2, kind: "veth", mtu: 1500, mac…, l.mtu = 1500',
    ],
    [
      'pods.many.links.map(l, l.name).exists(n, n == "z")',
      'pods.many.links.map(l, l.name).exists(n, n == "z") is false: ' +
        'pods.many.links.map(l, l.name) = ["a", "b", "c", "d", "e", "f", "g"], ' +
        'n = "a", n = "b", n = "c", n = "d", n = "e", further n = 2',
    ],
    ['p1.link[eth].mtu == 1400', 'p1.link[eth].mtu == 1400 is false: p1.link[eth].mtu = 1500, eth = "eth0"'],
    [
      'p1.links.filter(l, l.kind == "bridge").size() == 1',
      'p1.links.filter(l, l.kind == "bridge").size() == 1 is false: ' +
        'p1.links.filter(l, l.kind == "bridge").size() = 0, p1.links.filter(l, l.kind == "bridge") = []',
    ],
    [
      'p1.links == p2.links',
      'p1.links == p2.links is false: p1.links = [Link{name: "lo", …}, Link{name: "eth0", …}], p2.links = [Link{name: "eth0", …}]',
    ],
    ['p1.name ==\n    "x"', 'p1.name == "x" is false: p1.name = "web"'],
  ])('%s', (that, because) => {
    const { verdict, because: said } = judge(that);
    expect([verdict, said]).toEqual(['refuted', because]);
  });

  it('is nothing when it holds', () => expect(judge('p1.name == "web"').because).toBe(''));
});

describe('values', () => {
  const valuesOf = (that: string) =>
    judge(that).values.map(({ expression, value }) => `${expression} = ${value}`);

  it('are those of every part that was evaluated, without constants and repeats', () => {
    expect(valuesOf('p1.link.eth0.mtu - 50 == 1450 && p1.link.eth0.mtu < 9000')).toEqual([
      'p1.link.eth0.mtu - 50 == 1450 = true',
      'p1.link.eth0.mtu - 50 = 1450',
      'p1.link.eth0.mtu = 1500',
      'p1.link.eth0.mtu < 9000 = true',
    ]);
    expect(valuesOf('p1.name == "x" && p2.name == "db"')).toEqual([
      'p1.name == "x" = false',
      'p1.name = "web"',
    ]);
    expect(valuesOf('true')).toEqual([]);
  });

  it('show the element that a macro found', () => {
    expect(valuesOf('p1.links.exists(l, l.name == "lo" && l.mtu > 1500)')).toEqual([
      'l = Link{name: "lo", ifindex: 1, kind: "loopback", mtu: 65536, …',
      'l.name == "lo" = true',
      'l.name = "lo"',
      'l.mtu > 1500 = true',
      'l.mtu = 65536',
    ]);
  });

  it('show what has no value, once, where it is', () => {
    expect(valuesOf('p1.containers.x.pid + 1 > 0 || true')).toEqual([
      'p1.containers.x.pid = (pods.web.containers has no entry "x"; it has: app)',
    ]);
  });

  it('are cut to a readable length', () => {
    const long = 'x'.repeat(500);
    const probes = [probe('fetch', long)];
    const that = 'probes.fetch.stdout == ""';
    const [value] = judgeWorld({ world: worldReport({ probes }), expressions: [that] })(that).values;
    expect(value?.value).toBe(`"${'x'.repeat(118)}…`);
  });
});
