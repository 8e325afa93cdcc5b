import { describe, expect, it } from '@jest/globals';
import type { Touches } from '../../domain/footprint.js';
import { footprintOf } from '../../domain/footprint.js';
import { NetclaimsError } from '../../domain/error.js';
import { firmGround, losableGround } from '../../domain/ground.js';
import type { RunEvent } from '../../domain/run-event.js';
import type { Scenario, WorldPlan } from '../../domain/scenario.js';
import type { RunOptions } from '../run-options.js';
import { runScenarios } from '../run-scenarios.js';
import { fakeCluster, type FakeCluster, type FakeOptions } from '../testing/fake-cluster.js';
import { fakeFingerprint, fakeInstruments } from '../testing/fake-instruments.js';
import { control, observed, scenario } from '../testing/scenarios.js';

const never = new AbortController().signal;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const touching = (touches: Touches): WorldPlan => ({
  ...observed(),
  footprint: footprintOf([
    { touches, why: 'the test says so', file: 'a.yaml', position: { line: 1, column: 1 } },
  ]),
});
const one = (name: string, own: Touches, ...controls: readonly Touches[]): Scenario =>
  scenario(name, touching(own), {
    controls: controls.map((each, index) => control(`c${index + 1}`, touching(each))),
  });
const worldsOf = ({ calls }: FakeCluster) =>
  calls.filter((call) => /^(open|close)/.test(call)).map((call) => call.replace(/netclaims-|-t-\d+$/g, ''));

/** A world that leaves a rule on its node when it is closed. */
const leavesRule = (rules: string[], world: string) => async (call: string) => {
  if (call.startsWith(`close netclaims-${world}`)) rules.push('-A FORWARD -j DROP');
  await pause(0);
  return undefined;
};

/** @param rules what the node has, changed by a test as worlds come and go */
const run = async (
  scenarios: readonly Scenario[],
  options: Partial<RunOptions> & FakeOptions = {},
  rules: readonly string[] = [],
) => {
  const cluster = fakeCluster(options);
  const events: RunEvent[] = [];
  const instruments = fakeInstruments({}, ({ name }) =>
    Promise.resolve(fakeFingerprint(name, { iptables: [...rules] })),
  );
  const onEvent = (event: RunEvent) => void events.push(event);
  const settings = { version: '1', token: 't', parallel: 4, instruments, onEvent, ...options };
  return { report: await runScenarios(scenarios, cluster, settings, never), cluster, events };
};
const verdictsOf = ({ report }: Awaited<ReturnType<typeof run>>) =>
  report.scenarios.map(({ name, verdict }) => `${name} ${verdict}`);

describe('worlds on a cluster that can be cloned', () => {
  const cloning = () => {
    const clones: FakeCluster[] = [];
    const removed: FakeCluster[] = [];
    const clone = () => {
      const made = fakeCluster();
      clones.push(made);
      return Promise.resolve({
        ...made,
        [Symbol.asyncDispose]: () => {
          removed.push(made);
          return Promise.resolve();
        },
      });
    };
    return { clones, removed, clone };
  };

  it('have nodes of their own if they touch nodes, and share them otherwise', async () => {
    const { clones, removed, clone } = cloning();
    const ran = await run([one('a', 'none', 'none'), one('b', 'changes-nodes', 'changes-nodes')], { clone });
    expect(worldsOf(ran.cluster).toSorted()).toEqual(['close a', 'close a-c1', 'open a', 'open a-c1']);
    expect(clones.map(worldsOf)).toEqual([
      ['open b', 'close b'],
      ['open b-c1', 'close b-c1'],
    ]);
    expect(removed).toHaveLength(clones.length);
    expect(verdictsOf(ran)).toEqual(['a holds', 'b holds']);
  });

  it('get used nodes only to read, and only if those are as they were', async () => {
    const { clones, clone } = cloning();
    const reading = [one('a', 'reads-nodes', 'reads-nodes'), one('b', 'reads-nodes', 'changes-nodes')];
    await run(reading, { clone, parallel: 1 });
    expect(clones.map(worldsOf).filter((worlds) => worlds.length > 0)).toEqual([
      ['open a', 'close a', 'open a-c1', 'close a-c1', 'open b', 'close b'],
      ['open b-c1', 'close b-c1'],
    ]);
  });

  it('get fresh nodes after a world that left something, which is named', async () => {
    const { clones, clone } = cloning();
    const rules: string[] = [];
    const leaving = () => {
      const close = async (call: string) => {
        if (call.startsWith('close netclaims-a-t')) rules.push('-A FORWARD -j DROP');
        await pause(0);
        return undefined;
      };
      const made = fakeCluster({ intercept: close });
      clones.push(made);
      return Promise.resolve(made);
    };
    expect(clone).toBeDefined();
    const ran = await run([one('a', 'reads-nodes', 'reads-nodes')], { clone: leaving, parallel: 1 }, rules);
    expect(clones.map(worldsOf)).toEqual([
      ['open a', 'close a'],
      ['open a-c1', 'close a-c1'],
    ]);
    // Nobody else can be on these nodes: what a saw was its plugin's doing, and counts.
    expect(ran.report.scenarios[0]?.cleanup).toMatchObject([
      {
        code: 'node/left-behind',
        what: 'a left something on its nodes after its pods were gone',
        evidence: ['node-1: iptables: + -A FORWARD -j DROP'],
      },
    ]);
    expect(verdictsOf(ran)).toEqual(['a holds']);
  });

  it('wait until they can be alone where no clone can be made', async () => {
    const clone = () => Promise.reject(new Error('no room'));
    const ran = await run([one('a', 'changes-nodes', 'none'), one('b', 'none', 'none')], { clone });
    expect(worldsOf(ran.cluster).slice(-2)).toEqual(['open a', 'close a']);
    expect(verdictsOf(ran)).toEqual(['a holds', 'b holds']);
  });

  it('get none that do not apply', async () => {
    const { clones, clone } = cloning();
    const needy = { ...one('a', 'changes-nodes', 'reads-nodes'), requires: ['dns'] };
    expect(verdictsOf(await run([needy], { clone }))).toEqual(['a not-applicable']);
    expect(clones).toEqual([]);
  });
});

describe('worlds on a cluster that cannot be cloned', () => {
  it('are alone on it one by one if they touch nodes, once all others are done', async () => {
    const { cluster, report } = await run([
      one('a', 'reads-nodes', 'changes-nodes'),
      one('b', 'none', 'none'),
    ]);
    expect(worldsOf(cluster).slice(-4)).toEqual(['open a', 'close a', 'open a-c1', 'close a-c1']);
    expect(report.scenarios.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual(['a holds', 'b holds']);
    expect(report).not.toHaveProperty('failures');
  });

  it('do not spend the time of their scenario while they wait', async () => {
    const slow = async (call: string) => {
      if (call.startsWith('open netclaims-b')) await pause(60);
      return undefined;
    };
    const ran = await run([one('a', 'none', 'reads-nodes'), one('b', 'reads-nodes', 'none')], {
      intercept: slow,
      timeoutMs: 50,
      parallel: 1,
    });
    expect(verdictsOf(ran)).toEqual(['a holds', 'b unknown']);
  });

  it('are unknown once a world has left something, which names that world', async () => {
    const rules: string[] = [];
    const leave = leavesRule(rules, 'a-c1');
    const ran = await run(
      [one('a', 'none', 'changes-nodes'), one('b', 'reads-nodes', 'none'), one('c', 'none', 'none')],
      { intercept: leave },
      rules,
    );
    expect(verdictsOf(ran)).toEqual(['a holds', 'b unknown', 'c holds']);
    const [a, b] = ran.report.scenarios;
    expect(a?.controls[0]?.cleanup).toMatchObject([
      {
        code: 'node/changed',
        what: 'the control "c1" of a changed its nodes and did not change them back',
        evidence: ['node-1: iptables: + -A FORWARD -j DROP'],
      },
    ]);
    expect(b?.failure).toMatchObject({
      code: 'node/changed-before',
      what: expect.stringContaining('the control "c1" of a changed its nodes'),
      evidence: ['node-1: iptables: + -A FORWARD -j DROP'],
    });
  });

  it('get a cluster in its place, where one can be made, once a world has changed the nodes', async () => {
    const rules: string[] = [];
    const leave = leavesRule(rules, 'a-c1');
    const made: FakeCluster[] = [];
    let removed = 0;
    const replacement = () => {
      rules.splice(0);
      const other = fakeCluster();
      made.push(other);
      return Promise.resolve({
        ...other,
        [Symbol.asyncDispose]: () => Promise.resolve(void (removed += 1)),
      });
    };
    const ran = await run(
      [one('a', 'none', 'changes-nodes'), one('b', 'reads-nodes', 'changes-nodes')],
      { intercept: leave, replacement },
      rules,
    );
    expect(verdictsOf(ran)).toEqual(['a holds', 'b holds']);
    expect(ran.report.scenarios[0]?.controls[0]).not.toHaveProperty('cleanup');
    expect(made.map(worldsOf)).toEqual([['open b', 'close b', 'open b-c1', 'close b-c1']]);
    expect(removed).toBe(1);
  });

  it('are unknown where the cluster in its place cannot be made', async () => {
    const rules: string[] = [];
    const leave = leavesRule(rules, 'a-c1');
    const ran = await run(
      [one('a', 'none', 'changes-nodes'), one('b', 'reads-nodes')],
      { intercept: leave, replacement: () => Promise.reject(new Error('no room')) },
      rules,
    );
    expect(verdictsOf(ran)).toEqual(['a holds', 'b unknown']);
    expect(ran.report.scenarios[1]?.failure).toMatchObject({ what: expect.stringContaining('no room') });
  });

  it('are told of with the run if they share nodes, and what they left is known only at the end', async () => {
    const rules: string[] = [];
    const leave = async (call: string) => {
      if (call.startsWith('close netclaims-a')) rules.push('left');
      await pause(0);
      return undefined;
    };
    const { report } = await run([one('a', 'none')], { intercept: leave }, rules);
    expect(report.failures).toMatchObject([
      { code: 'node/left-behind', what: 'the nodes are not as they were before a' },
    ]);
    expect(report.totals).toMatchObject({ holds: 1, unknown: 0 });
  });

  it('lock it: those without a footprint together, the others one by one', async () => {
    const locks: string[] = [];
    const lock: NonNullable<FakeCluster['lock']> = ({ mode }) => {
      locks.push(mode);
      return Promise.resolve({
        ground: firmGround,
        [Symbol.asyncDispose]: () => {
          locks.push(`${mode} released`);
          return Promise.resolve();
        },
      });
    };
    await run([one('a', 'none', 'none', 'reads-nodes')], { lock });
    expect(locks).toEqual([
      // To look at the nodes before anything is on them.
      ...['alone', 'alone released'],
      ...['shared', 'shared released'],
      ...['alone', 'alone released'],
    ]);
  });

  it('are unknown from the moment on that the lock is lost', async () => {
    const { ground, lose } = losableGround();
    const lock: NonNullable<FakeCluster['lock']> = () =>
      Promise.resolve({ ground, [Symbol.asyncDispose]: () => Promise.reject(new Error('no such lease')) });
    const intercept = (call: string) => {
      if (call.startsWith('open'))
        lose(new NetclaimsError({ code: 'cluster/lock-lost', what: 'the lease is lost' }));
      return Promise.resolve(undefined);
    };
    const ran = await run([one('a', 'reads-nodes')], { lock, intercept });
    expect(verdictsOf(ran)).toEqual(['a unknown']);
    expect(ran.report.scenarios[0]).toMatchObject({ groundLost: { code: 'cluster/lock-lost' } });
    expect(ran.report.failures).toMatchObject([{ what: 'no such lease' }]);
  });
});
