import { describe, expect, it } from '@jest/globals';
import { failure as failureLike } from '../domain/testing/failure.js';
import { unreadable } from '../domain/fact-types.js';
import type { Observation } from '../domain/observation.js';
import type { WorldReport } from '../domain/world-report.js';
import { container, evidence, observation, pod, probe, worldReport } from '../domain/testing/world.js';
import { judgeWorld } from './judge-world.js';

const nginx = (id: string, parts: Parameters<typeof pod>[0] = {}) => ({
  nginx: pod({ containers: { nginx: container({ id }) }, ...parts }),
});
const before = observation('before', { pods: nginx('c1') });
const after = observation('after', { pods: nginx('c2', { ips: ['10.244.0.9'] }) });

const judge = (that: string, world: WorldReport, entries: Readonly<Record<string, string>> = {}) =>
  judgeWorld({ world: { ...world, let: entries }, expressions: [that] })(that);
const said = (...parts: Parameters<typeof judge>) => {
  const { verdict, because } = judge(...parts);
  return [verdict, because];
};
const failure = failureLike('cluster/gone', 'containerd ended unexpectedly', { where: 'observe now' });

describe('names', () => {
  const world = worldReport({ observations: [before, after] });
  const entries = {
    nginx: 'pods.nginx',
    first: 'nginx.containers.nginx',
    old: 'before.pods.nginx',
    oldIp: 'old.ips[0]',
  };

  it.each([
    'pods.nginx.containers.nginx.id == "c2"',
    'before.pods.nginx.containers.nginx.id == "c1" && after.pods.nginx.containers.nginx.id == "c2"',
    'first.id == "c2" && before.first.id == "c1" && after.first.id == "c2"',
    'old.containers.nginx.id == "c1" && oldIp == "10.244.0.2" && nginx.ips[0] == "10.244.0.9"',
    'before.nodes == after.nodes && before.cluster == cluster',
  ])('%s', (that) => expect(said(that, world, entries)).toEqual(['holds', '']));

  it('tell which observation a fact is of', () => {
    const blind = observation('before', { pods: nginx('c1', { ips: unreadable('no CRI') }) });
    expect(
      said('before.nginx.ips == nginx.ips', worldReport({ observations: [blind, after] }), entries),
    ).toEqual(['unknown', 'before.pods.nginx.ips is unknown: no CRI']);
    expect(said('before.nginx.containers.x.pid == 1', world, entries)).toEqual([
      'refuted',
      'before.pods.nginx.containers has no entry "x"; it has: nginx',
    ]);
  });

  it('have the last of several results of their name', () => {
    const probes = [probe('p', 'one'), probe('p', 'two')];
    const twice = worldReport({ observations: [after, before, after], probes });
    expect(said('probes.p.stdout == "two" && pods.nginx.ips == after.pods.nginx.ips', twice)).toEqual([
      'holds',
      '',
    ]);
  });

  it('carry the error of the let entry that they stand for', () => {
    expect(said('x.ips == []', world, { x: 'pods.web' })).toEqual([
      'refuted',
      'pods has no entry "web"; it has: nginx',
    ]);
    expect(said('x.ips == [] && y', world, { x: 'pods.nginx.lnks', y: 'pods.nope.hostNetwork' })).toEqual([
      'unknown',
      'the expression failed: let x: Pod has no field "lnks": did you mean "links"?',
    ]);
  });
});

describe('a world that ended early', () => {
  const early = (missed: WorldReport['missed'], observations: readonly Observation[] = [before]) =>
    worldReport({ observations, failure, ...(missed === undefined ? {} : { missed }) });

  it('keeps what was observed before', () => {
    const world = early({ observations: ['after'], probes: ['p'] });
    expect(said('before.pods.nginx.ips.size() == 1', world)).toEqual(['holds', '']);
    expect(said('before.pods.nginx.hostNetwork', world)).toEqual([
      'refuted',
      'before.pods.nginx.hostNetwork is false',
    ]);
  });

  it('leaves unknown what it did not come to', () => {
    const world = early({ observations: ['after'], probes: ['p'] });
    expect(said('after.pods.nginx.hostNetwork', world)).toEqual([
      'unknown',
      `after is unknown: observe now: ${failure.what}`,
    ]);
    expect(said('probes.p.exitCode == 0', world)).toEqual([
      'unknown',
      `probes.p is unknown: observe now: ${failure.what}`,
    ]);
    expect(said('before.nginx.ips == after.nginx.ips', world, { nginx: 'pods.nginx' })).toEqual([
      'unknown',
      `after is unknown: observe now: ${failure.what}`,
    ]);
  });

  it('never takes an earlier observation or probe for the one that is meant', () => {
    const last = ['unknown', `pods is unknown: observe now: ${failure.what}`];
    expect(said('pods.nginx.ips.size() == 1', early({ observations: ['after'], probes: [] }))).toEqual(last);
    expect(said('pods.nginx.ips.size() == 1', early(undefined))).toEqual(last);
    expect(said('nginx.ips.size() == 1', early(undefined), { nginx: 'pods.nginx' })).toEqual(last);
    expect(said('pods.nginx.ips.size() == 1', early(undefined, []))).toEqual(last);
    expect(said('pods.nginx.ips.size() == 1', early({ observations: [], probes: [] }))).toEqual([
      'holds',
      '',
    ]);
    expect(said('before.pods.nginx.ips == []', early({ observations: ['before'], probes: [] }))).toEqual([
      'unknown',
      `before is unknown: observe now: ${failure.what}`,
    ]);
    const stale = { ...early({ observations: [], probes: ['p'] }), probes: { p: probe('p', '') } };
    expect(said('probes.p.exitCode == 0', stale)).toEqual([
      'unknown',
      `probes.p is unknown: observe now: ${failure.what}`,
    ]);
  });

  it('ended by an unmet wait says so', () => {
    const unmetWaits = [{ until: 'x', message: 'waited 30s in vain', values: [] }];
    expect(said('after.pods == pods', worldReport({ observations: [before], unmetWaits }))).toEqual([
      'unknown',
      'after is unknown: waited 30s in vain',
    ]);
  });

  it('with names that nobody knows is unknown as well', () => {
    expect(said('sometime.pods == pods', worldReport())).toEqual([
      'unknown',
      'sometime is unknown: there is no such observation',
    ]);
    expect(said('probes.never.exitCode == 0', worldReport())).toEqual([
      'unknown',
      'probes.never is unknown: there is no such probe',
    ]);
  });
});

describe('replay', () => {
  const observed = observation('now', {
    pods: { 'a.b': pod(), web: pod() },
    evidence: [
      evidence(['ip', 'link']),
      evidence(['readlink', 'net']),
      evidence(['crictl', 'ps']),
      evidence(['ip', 'rule']),
    ],
    sources: {
      'pods.a.b.links': 0,
      'pods.web.netns': 1,
      'pods.web.containers.app.pid': 3,
      'pods.web.netns.nsid': 0,
      'pods.web': 2,
      'nodes.worker-1.rules': 3,
    },
  });
  const world = worldReport({
    observations: [observed],
    probes: [probe('p', ''), { name: 'late', read: false, reason: 'timeout', replay: 'curl web' }],
  });
  const replay = (that: string) => judge(that, world).replay();

  it.each<[string, readonly string[]]>([
    ['pods["a.b"].links.exists(l, l.peer.where == "node")', ['on worker-1: ip link']],
    ['pods.web.netns.inode == 1', ['on worker-1: readlink net']],
    ['pods.web.netns.nsid == 1', ['on worker-1: ip link']],
    ['pods.web.netns == pods.web.netns', ['on worker-1: readlink net', 'on worker-1: ip link']],
    ['pods.web.containers.app.pid == 1', ['on worker-1: ip rule']],
    ['pods.web.containers.size() == 2', ['on worker-1: crictl ps']],
    ['now.pods.web.hostNetwork || pods.web.hostNetwork', ['on worker-1: crictl ps']],
    ['pods["a.b"].hostNetwork && nodes["worker-1"].rules == []', []],
    ['probes.p.stdout == "x"', ['on worker-1: probe p']],
    [
      'probes.late.stdout == "x" || nodes["worker-1"].rules.size() == 9',
      ['curl web', 'on worker-1: ip rule'],
    ],
  ])('%s', (that, lines) => expect(replay(that)).toEqual(lines));
});
