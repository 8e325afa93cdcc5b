import { describe, expect, it } from '@jest/globals';
import { failure as failureLike } from '../domain/testing/failure.js';
import { unreadable } from '../domain/fact-types.js';
import type { ControlReport } from '../domain/report.js';
import type { WorldReport } from '../domain/world-report.js';
import { evidence, observation, pod, probe, worldReport } from '../domain/testing/world.js';
import { judgeScenario } from './judge-scenario.js';

const netns = (inode: number) => pod({ netns: { inode, path: '', nsid: 0 } });
const pair = (a: number, b: number): WorldReport =>
  worldReport({
    observations: [
      observation('now', {
        pods: { a: netns(a), b: netns(b) },
        evidence: [evidence(['readlink', `${a}`])],
        sources: { 'pods.a.netns': 0 },
      }),
    ],
  });
const blind = worldReport({
  observations: [observation('now', { pods: { a: netns(1), b: pod({ netns: unreadable('no /proc') }) } })],
});
const failure = failureLike('cluster/gone', 'containerd ended unexpectedly', { where: 'observe now' });
const cutOff = worldReport({ observations: [], failure, missed: { observations: ['now'], probes: [] } });

const that = 'pods.a.netns.inode == pods.b.netns.inode';
const same = { id: 'same', says: 'a and b are in one network namespace.', that };
const control = (name: string, world: WorldReport, refutes = ['same']): ControlReport => ({
  name,
  refutes,
  ...world,
});
const controlled = (own: WorldReport, ...controls: readonly ControlReport[]) =>
  judgeScenario({ ...own, expectations: [same], controls });
const first = (...parts: Parameters<typeof controlled>) => controlled(...parts).expectations[0];

const one = pair(1, 1);
const two = pair(1, 2);
const because = `${that} is false: pods.a.netns.inode = 1, pods.b.netns.inode = 2`;
const values = (b: string) => [
  { expression: 'pods.a.netns.inode', value: '1' },
  { expression: 'pods.b.netns.inode', value: b },
];

describe('an expectation', () => {
  it('names the probes that it read where it does not hold, and the control that they ran in', () => {
    const world = (exitCode: number) => worldReport({ probes: [probe('get', '', exitCode, 'refused')] });
    const reads = { id: 'same', says: 'It answers.', that: 'probes.get.exitCode == 0' };
    const judged = (own: number, inControl: number) =>
      judgeScenario({
        ...world(own),
        expectations: [reads],
        controls: [control('no server', world(inControl))],
      }).expectations[0]?.probesRead;
    expect(judged(1, 1)).toEqual([{ name: 'get' }]);
    expect(judged(0, 0)).toEqual([{ name: 'get', control: 'no server' }]);
    expect(judged(0, 1)).toBeUndefined();
  });

  it('holds when its control refutes it', () => {
    expect(controlled(one, control('two pods', two))).toEqual({
      verdict: 'holds',
      expectations: [
        {
          ...same,
          verdict: 'holds',
          because: '',
          values: values('1'),
          replay: [],
          uncontrolled: false,
          controls: [{ name: 'two pods', verdict: 'refuted', because }],
        },
      ],
    });
  });

  it('is refuted by its own world, with what shows it again', () => {
    expect(controlled(two, control('two pods', two))).toEqual({
      verdict: 'refuted',
      expectations: [
        {
          ...same,
          verdict: 'refuted',
          because,
          values: values('2'),
          replay: ['on worker-1: readlink 1'],
          uncontrolled: false,
          controls: [{ name: 'two pods', verdict: 'refuted', because }],
        },
      ],
    });
  });

  it('is unknown when its own world could not be read, even if a control holds', () => {
    expect(first(blind, control('c', one))).toMatchObject({
      verdict: 'unknown',
      because: 'pods.b.netns is unknown: no /proc',
    });
  });

  it('is vacuous when it holds in a control as well, even if others refute it or could not be judged', () => {
    expect(
      first(one, control('two pods', two), control('blind', blind), control('the "same"', one)),
    ).toMatchObject({
      verdict: 'vacuous',
      because: 'it holds in the control "the \\"same\\"" as well',
      replay: ['on worker-1: readlink 1'],
      controls: [{ verdict: 'refuted' }, { verdict: 'unknown' }, { verdict: 'holds', because: '' }],
    });
  });

  it('is unknown when a control could not be judged', () => {
    expect(first(one, control('two pods', two), control('blind', blind))).toMatchObject({
      verdict: 'unknown',
      because: 'the control "blind" could not be judged: pods.b.netns is unknown: no /proc',
    });
    expect(first(one, control('cut off', cutOff))).toMatchObject({
      verdict: 'unknown',
      because: `the control "cut off" could not be judged: pods is unknown: observe now: ${failure.what}`,
    });
  });

  it('is uncontrolled when no control is about it, or the cluster cannot have the one that is', () => {
    expect(first(one)).toMatchObject({ verdict: 'holds', uncontrolled: true, controls: [] });
    expect(first(one, control('other', two, ['another']))).toMatchObject({
      verdict: 'holds',
      uncontrolled: true,
      controls: [],
    });
    const notApplicable = 'it needs network-policy, which containerd has not';
    expect(
      first(one, control('policy', { ...worldReport({ observations: [] }), notApplicable })),
    ).toMatchObject({
      verdict: 'holds',
      uncontrolled: true,
      controls: [{ name: 'policy', verdict: 'not-applicable', because: notApplicable }],
    });
  });

  it('has its control also where the cluster can have neither', () => {
    const neither = { ...worldReport({ observations: [] }), notApplicable: 'it has no services' };
    expect(first(neither, control('policy', neither))).toMatchObject({
      verdict: 'not-applicable',
      uncontrolled: false,
    });
  });

  it('is judged in a control by the let entries of that control', () => {
    const viaLet = { ...same, that: 'x.netns.inode == y.netns.inode' };
    const own = { ...pair(1, 2), let: { x: 'pods.a', y: 'pods.a' } };
    const other = { ...pair(1, 2), let: { x: 'pods.a', y: 'pods.b' } };
    expect(judgeScenario({ ...own, expectations: [viaLet], controls: [control('c', other)] }).verdict).toBe(
      'holds',
    );
  });
});

describe('a scenario', () => {
  const gone = { id: 'gone', says: 'c is gone.', that: '!("c" in before.pods)' };
  const both = (own: WorldReport) => judgeScenario({ ...own, expectations: [same, gone], controls: [] });

  it('whose world ended in failure keeps what can be judged, and is unknown for the rest', () => {
    const before = observation('before', { pods: { a: netns(1) } });
    expect(both({ ...cutOff, observations: { before } })).toMatchObject({
      verdict: 'unknown',
      expectations: [
        { verdict: 'unknown', because: `pods is unknown: observe now: ${failure.what}` },
        { verdict: 'holds', because: '' },
      ],
    });
  });

  it('with an unmet wait is refuted in all its expectations', () => {
    const unmetWaits = [
      {
        until: 'pods.a.phase == "Running"',
        message: 's.yaml:9:5: did not become true within 30s',
        values: [{ expression: 'pods.a.phase', value: '"Pending"' }],
      },
    ];
    const refuted = {
      verdict: 'refuted',
      because: 's.yaml:9:5: did not become true within 30s: pods.a.phase = "Pending"',
      values: unmetWaits[0]?.values,
    };
    expect(both({ ...pair(1, 1), unmetWaits })).toMatchObject({
      verdict: 'refuted',
      expectations: [refuted, refuted],
    });
    const told = [{ until: 'x', message: 'x is false: a = 1', values: [{ expression: 'a', value: '1' }] }];
    expect(first({ ...pair(1, 1), unmetWaits: told })?.because).toBe('x is false: a = 1');
  });

  it('is judged in a control with an unmet wait by its facts, where they were observed', () => {
    const unmetWaits = [{ until: 'x', message: 'waited in vain', values: [] }];
    const complete = { ...pair(1, 2), unmetWaits, missed: { observations: [], probes: [] } };
    expect(first(one, control('c', complete))).toMatchObject({
      verdict: 'holds',
      uncontrolled: false,
    });
    const incomplete = { ...pair(1, 2), unmetWaits, missed: { observations: ['now'], probes: [] } };
    expect(first(one, control('c', incomplete))).toMatchObject({
      verdict: 'unknown',
      because: 'the control "c" could not be judged: pods is unknown: waited in vain',
    });
  });

  it('that the cluster cannot have is not-applicable', () => {
    const notApplicable = 'it needs services, which containerd has not';
    const world = { ...worldReport({ observations: [] }), notApplicable };
    expect(controlled(world, control('two pods', { ...world }))).toMatchObject({
      verdict: 'not-applicable',
      expectations: [{ verdict: 'not-applicable', because: notApplicable, values: [], replay: [] }],
    });
  });
});
