import { describe, expect, it } from '@jest/globals';
import { redactTexts } from '../domain/redact-texts.js';
import { redactor } from '../domain/redact.js';
import type { Report, ScenarioReport } from '../domain/report.js';
import { link, observation, peer, pod, worldReport } from '../domain/testing/world.js';
import { judgeReport } from './judge-report.js';
import { judgeScenario } from './judge-scenario.js';

const text = (id: string, that: string) => ({ id, says: `${id}.`, that });
const scenario = (name: string, parts: Partial<Parameters<typeof judgeScenario>[0]>): ScenarioReport => {
  const judged = { ...worldReport(), expectations: [], controls: [], ...parts };
  return {
    ...judged,
    ...judgeScenario(judged),
    name,
    file: `${name}.yaml`,
    claim: name,
    source: null,
    durationMs: 5,
  };
};
const report = (scenarios: readonly ScenarioReport[]): Report => ({
  apiVersion: 'netclaims.dev/v1',
  kind: 'Report',
  tool: { version: '0.1.0' },
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 10,
  cluster: {
    provider: 'containerd',
    cni: 'bridge',
    kubernetes: '',
    runtime: 'containerd',
    kernel: '6.12',
    nodes: [],
  },
  totals: { holds: 0, refuted: 0, vacuous: 0, unknown: 0, notApplicable: 0 },
  scenarios,
});

describe('judgeReport', () => {
  const own = worldReport();
  const each = report([
    scenario('mixed', {
      expectations: [
        text('holds', 'pods.web.link.eth0.kind == "veth"'),
        text('refuted', 'pods.web.hostNetwork'),
        text('vacuous', 'pods.web.ips.size() == 1'),
        text('unknown', 'after.pods == pods'),
      ],
      controls: [{ ...own, name: 'the same', refutes: ['vacuous'] }],
    }),
    scenario('elsewhere', { notApplicable: 'needs services', expectations: [text('any', 'true')] }),
  ]);

  it('comes to the same from a report that was written and read again', async () => {
    const read = JSON.parse(JSON.stringify(each)) as Report;
    const again = await judgeReport(read);
    expect(again.scenarios).toEqual(each.scenarios);
    expect(again.totals).toEqual({ holds: 1, refuted: 1, vacuous: 1, unknown: 1, notApplicable: 1 });
    expect(JSON.stringify(await judgeReport(again))).toBe(JSON.stringify(again));
  });

  it('refutes nothing by what was taken out of a report', async () => {
    const evidence = { node: 'n', argv: ['env'], replay: '', at: '2026-01-01T00:00:00.000Z', stderr: '' };
    const stdout = 'MODE=open\nPASSWORD=1234567\n';
    const env = { name: 'env', read: true as const, evidence: { ...evidence, exitCode: 0, stdout } };
    const judged = scenario('secret', {
      probes: { env },
      expectations: [
        text('value', 'probes.env.stdout.contains("1234567")'),
        text('code', 'probes.env.exitCode == 0'),
      ],
    });
    const verdicts = ({ scenarios }: Report) =>
      scenarios.flatMap(({ expectations }) => expectations.map(({ id, verdict }) => `${id} ${verdict}`));
    const written = redactTexts(report([judged]), redactor());
    expect(JSON.stringify(written)).not.toContain('PASSWORD=1234567');
    expect(verdicts(written)).toEqual(['value holds', 'code holds']);
    const again = await judgeReport(written);
    expect(verdicts(again)).toEqual(['value unknown', 'code holds']);
    expect(again.scenarios[0]?.expectations[0]?.because).toContain('a secret was taken out');
  });

  it('does not believe the verdicts that a report came with', async () => {
    const [mixed] = each.scenarios;
    if (mixed === undefined) throw new Error('no scenario');
    const forged = {
      ...mixed,
      verdict: 'holds' as const,
      expectations: mixed.expectations.map((one) => ({ ...one, verdict: 'holds' as const, because: '' })),
    };
    const [judged] = (await judgeReport(report([forged]))).scenarios;
    expect(judged?.verdict).toBe('refuted');
    expect(judged?.expectations.map(({ verdict }) => verdict)).toEqual([
      'holds',
      'refuted',
      'vacuous',
      'unknown',
    ]);
  });

  it('leaves the sections of documents as they were judged', async () => {
    const section = {
      ...scenario('s', { expectations: [text('line-1', 'ip link')] }),
      kind: 'tutorial' as const,
    };
    const [expectation] = section.expectations;
    if (expectation === undefined) throw new Error('it has one');
    const held = {
      ...section,
      verdict: 'holds' as const,
      expectations: [{ ...expectation, verdict: 'holds' as const }],
    };
    expect((await judgeReport(report([held]))).scenarios).toEqual([held]);
  });

  it('takes the last observation by its time, whatever order the keys of a report have', () => {
    const at = (name: string, second: number, hostNetwork: boolean) =>
      observation(name, { at: `2026-01-01T00:00:0${second}.000Z`, pods: { web: pod({ hostNetwork }) } });
    const observations = { z: at('z', 2, true), a: at('a', 1, false) };
    const one = scenario('order', {
      ...own,
      observations,
      expectations: [text('last', 'pods.web.hostNetwork')],
    });
    expect(one.verdict).toBe('holds');
  });

  it('judges 100 pods of 10 links', () => {
    const links = Array.from({ length: 10 }, (_, index) =>
      link({ name: `eth${index}`, ifindex: index + 1, peer: peer({ ifindex: index }) }),
    );
    const pods = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`p${index}`, pod({ ips: [`10.0.0.${index}`] }, links)]),
    );
    const expectations = [
      'pods.all(p, pods[p].links.all(l, l.kind == "veth" && l.peer.where == "node" && l.mtu - 50 == 1450))',
      'pods.all(p, pods[p].links.exists(l, l.name == "eth9"))',
      'pods.all(p, pods[p].link.eth5.addresses.exists(a, a.family == "inet"))',
      'pods.size() == 100 && pods.all(p, pods[p].ips.size() == 1)',
      'pods.map(p, pods[p].ips[0]).size() == 100',
      'pods.filter(p, pods[p].hostNetwork).size() == 0',
      'pods.p7.netns == pods.p8.netns',
      'pods.p1.links == pods.p2.links',
      'pods.all(p, has(pods[p].link.eth0) && pods[p].netns.inode > 0)',
      'pods.exists_one(p, pods[p].ips[0] == "10.0.0.50")',
    ].map((that, index) => text(`e${index}`, that));
    const world = worldReport({ observations: [observation('now', { pods })] });
    const judged = judgeScenario({ ...world, expectations, controls: [] });
    expect(judged.expectations.map(({ because }) => because).filter((one) => one !== '')).toEqual([]);
  });

  it('can be interrupted between scenarios', async () => {
    const controller = new AbortController();
    const judging = judgeReport(report([scenario('a', {}), scenario('b', {})]), controller.signal);
    controller.abort(new Error('enough'));
    await expect(judging).rejects.toThrow('enough');
  });
});
