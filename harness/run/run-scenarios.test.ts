import { describe, expect, it } from '@jest/globals';
import { unreadable } from '../domain/fact-types.js';
import type { RunEvent } from '../domain/run-event.js';
import type { Scenario } from '../domain/scenario.js';
import { judgeReport } from '../judge/judge-report.js';
import type { RunOptions } from './run-options.js';
import { runScenarios } from './run-scenarios.js';
import { fakeGround, fakeCluster, hang, type FakeOptions } from './testing/fake-cluster.js';
import { fakeInstruments, isFalse } from './testing/fake-instruments.js';
import { control, expression, observed, pod, scenario, type BareStep } from './testing/scenarios.js';

const probe = (name: string): BareStep => ({
  kind: 'probe',
  name,
  place: { kind: 'node', node: 'node-1' },
  argv: [name],
});
const failingStep: BareStep = { kind: 'wait', until: expression('never'), timeoutMs: 5, forMs: 0 };
const never = new AbortController().signal;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const run = async (
  scenarios: readonly Scenario[],
  options: Partial<RunOptions> & FakeOptions = {},
  signal: AbortSignal = never,
) => {
  const cluster = fakeCluster(options);
  const events: RunEvent[] = [];
  const report = await runScenarios(
    scenarios,
    cluster,
    {
      version: '1.2.3',
      token: 't',
      instruments: fakeInstruments({ never: () => isFalse }),
      onEvent: (event) => events.push(event),
      ...options,
    },
    signal,
  );
  return { report, cluster, events };
};
const verdictsOf = ({ report }: Awaited<ReturnType<typeof run>>) =>
  report.scenarios.map(({ name, verdict }) => `${name} ${verdict}`);

describe('runScenarios', () => {
  it('reports in the order given, whatever ends first', async () => {
    const slow = scenario('slow', observed(probe('slow')), {
      controls: [control('c2', observed(probe('slower'))), control('c1', observed())],
    });
    const ran = await run([slow, scenario('quick', observed())], {
      intercept: async (call) => {
        if (call.endsWith('slow')) await pause(20);
        if (call.endsWith('slower')) await pause(40);
        return undefined;
      },
    });
    expect(verdictsOf(ran)).toEqual(['slow holds', 'quick holds']);
    expect(ran.report.scenarios[0]?.controls.map(({ name }) => name)).toEqual(['c2', 'c1']);
    const finished = ran.events.filter(({ kind }) => kind === 'scenario-finished');
    expect(finished).toMatchObject([{ scenario: 'quick' }, { scenario: 'slow' }]);
    expect(ran.cluster.open).toEqual([]);
  });

  it('makes a whole report, with the clock it is given', async () => {
    let ms = Date.UTC(2026, 0, 1);
    const { report } = await run([scenario('a', observed(), { source: { document: 'd', section: 's' } })], {
      clock: { now: () => (ms += 10) },
      startedAtMs: ms - 500,
    });
    expect(report).toMatchObject({
      apiVersion: 'netclaims.dev/v1',
      kind: 'Report',
      tool: { version: '1.2.3' },
      startedAt: '2025-12-31T23:59:59.500Z',
      cluster: { provider: 'containerd', cni: 'bridge', kernel: '6.18', nodes: ['node-1'] },
      totals: { holds: 1, refuted: 0, vacuous: 0, unknown: 0, notApplicable: 0 },
      scenarios: [
        { name: 'a', file: 'scenarios/a.yaml', claim: 'A claim.', source: { document: 'd', section: 's' } },
      ],
    });
    expect(report.cluster).not.toHaveProperty('capabilities');
    expect(report.durationMs).toBeGreaterThan(500);
    expect(report.scenarios[0]?.durationMs).toBeGreaterThan(0);
  });

  it('gives every world a namespace of its own', async () => {
    const one = scenario('a', observed(), {
      controls: [control('x', observed()), control('x!', observed())],
    });
    const { cluster } = await run([one]);
    expect(cluster.calls.filter((call) => call.startsWith('open'))).toEqual([
      'open netclaims-a-t-1',
      'open netclaims-a-x-t-2',
      'open netclaims-a-x-t-3',
    ]);
  });

  it('runs no more worlds beside each other than it may', async () => {
    let open = 0;
    let most = 0;
    const scenarios = ['a', 'b', 'c', 'd'].map((name) =>
      scenario(name, observed(), { controls: [control('c', observed())] }),
    );
    const { cluster } = await run(scenarios, {
      parallel: 3,
      intercept: async (call) => {
        if (call.startsWith('open')) most = Math.max(most, (open += 1));
        await pause(2);
        if (call.startsWith('close')) open -= 1;
        return undefined;
      },
    });
    expect(most).toBe(3);
    expect(cluster.calls.filter((call) => call.startsWith('close'))).toHaveLength(8);
  });

  it('starts nothing for a scenario that does not apply', async () => {
    const { report, cluster, events } = await run([scenario('a', observed(), { requires: ['dns'] })]);
    expect(cluster.calls).toEqual([]);
    expect(report.totals.notApplicable).toBe(1);
    expect(report.scenarios[0]).toMatchObject({
      verdict: 'not-applicable',
      failure: null,
      notApplicable: expect.stringContaining('`dns`'),
      expectations: [{ verdict: 'not-applicable', because: expect.stringContaining('`dns`') }],
    });
    expect(events.map(({ kind }) => kind)).toEqual(['run-started', 'scenario-started', 'scenario-finished']);
  });

  it('does without a control that the cluster cannot have', async () => {
    const service = { ...pod('web', 'c'), kind: 'Service' };
    const one = scenario('a', observed(), {
      controls: [control('c', { ...observed(), manifests: [service] }), control('d', observed())],
    });
    const ran = await run([one]);
    expect(verdictsOf(ran)).toEqual(['a holds']);
    expect(ran.report.scenarios[0]?.expectations[0]).toMatchObject({
      uncontrolled: false,
      controls: [
        { verdict: 'not-applicable', because: expect.stringContaining('of kind Service') },
        { verdict: 'refuted' },
      ],
    });
    expect(ran.cluster.calls.filter((call) => call.startsWith('open'))).toHaveLength(2);
  });

  it('fails for capabilities that could not be read, and starts nothing', async () => {
    const cluster = fakeCluster();
    const blind = { ...cluster, facts: { ...cluster.facts, capabilities: unreadable('no answer') } };
    const options = { version: '1', instruments: fakeInstruments() };
    const { scenarios } = await runScenarios(
      [scenario('a', observed(), { requires: ['veth'] })],
      blind,
      options,
      never,
    );
    expect(scenarios[0]).toMatchObject({ verdict: 'unknown', failure: { code: 'cluster/capabilities' } });
    expect(cluster.calls).toEqual([]);
  });

  it('tells of a world that could not be removed, and keeps its verdict', async () => {
    const { report } = await run([scenario('a', observed())], {
      intercept: (call) =>
        call.startsWith('close') ? Promise.reject(new Error('busy')) : Promise.resolve(undefined),
    });
    expect(report.scenarios[0]).toMatchObject({
      verdict: 'holds',
      failure: null,
      cleanup: [{ what: 'busy', where: 'removing netclaims-a-t-1' }],
    });
    // Judged again from its JSON, it is the same.
    expect((await judgeReport(report)).scenarios[0]?.verdict).toBe('holds');
  });

  it('removes everything and rejects when judging fails, which is a mistake of the harness', async () => {
    const instruments = fakeInstruments();
    const broken = {
      ...instruments,
      judgeScenario: () => {
        throw new Error('bug');
      },
    };
    const cluster = fakeCluster();
    const options = { version: '1', instruments: broken, keep: true };
    await expect(runScenarios([scenario('a', observed())], cluster, options, never)).rejects.toThrow('bug');
    expect(cluster.open).toEqual([]);
  });
});

describe('fail-fast', () => {
  const scenarios = ['a', 'b', 'c'].map((name) =>
    scenario(name, name === 'b' ? observed(failingStep) : observed()),
  );

  it('begins no scenario after one that did not hold', async () => {
    const ran = await run(scenarios, { parallel: 1, failFast: true });
    expect(verdictsOf(ran)).toEqual(['a holds', 'b refuted', 'c unknown']);
    expect(ran.report.scenarios[2]?.failure).toMatchObject({
      code: 'run/fail-fast',
      what: 'not run, because b is refuted and --fail-fast was given',
    });
    expect(ran.cluster.calls.filter((call) => call.startsWith('open netclaims-c'))).toEqual([]);
  });

  it('is off unless asked for', async () => {
    expect(verdictsOf(await run(scenarios, { parallel: 1 }))).toEqual(['a holds', 'b refuted', 'c holds']);
  });

  it('lets a scenario that has begun come to its end', async () => {
    const begun = scenario('c', observed(), { controls: [control('late', observed(probe('late')))] });
    const ran = await run([scenario('b', observed(failingStep)), begun], {
      parallel: 2,
      failFast: true,
      intercept: async (call) => {
        if (call === 'close netclaims-c-t-2') await pause(30);
        return undefined;
      },
    });
    expect(verdictsOf(ran)).toEqual(['b refuted', 'c holds']);
    expect(ran.cluster.calls).toContain('node node-1 late');
  });
});

describe('keep', () => {
  const refuted = scenario('b', observed(failingStep), { controls: [control('c', observed())] });

  it('leaves the worlds that did not go as they had to, and says where they are', async () => {
    const { cluster, events, report } = await run([scenario('a', observed()), refuted], { keep: true });
    const kept = ['netclaims-b-t-2'];
    expect([...cluster.open].sort()).toEqual([...kept].sort());
    const ends = events.filter(({ kind }) => kind === 'scenario-finished');
    expect(ends.find((event) => 'verdict' in event && event.verdict === 'refuted')).toMatchObject({ kept });
    expect(ends.find((event) => 'verdict' in event && event.verdict === 'holds')).not.toHaveProperty('kept');
    expect(report.scenarios.map(({ failure }) => failure)).toEqual([null, null]);
  });

  it('removes them after all when the run was interrupted', async () => {
    const ctrlC = new AbortController();
    const { cluster } = await run(
      [refuted],
      {
        keep: true,
        intercept: (call) => {
          if (call.startsWith('pods')) ctrlC.abort();
          return Promise.resolve(undefined);
        },
      },
      ctrlC.signal,
    );
    expect(cluster.open).toEqual([]);
  });
});

describe('an end before the end', () => {
  it('interrupts every world, begins none any more, and removes all', async () => {
    const ctrlC = new AbortController();
    const ran = await run(
      ['a', 'b', 'c', 'd'].map((name) => scenario(name, observed(probe(name)))),
      {
        parallel: 2,
        intercept: (call, signal) => {
          if (!call.startsWith('node')) return Promise.resolve(undefined);
          setTimeout(() => ctrlC.abort(), 5);
          return hang(signal);
        },
      },
      ctrlC.signal,
    );
    expect(verdictsOf(ran)).toEqual(['a unknown', 'b unknown', 'c unknown', 'd unknown']);
    expect(ran.report.scenarios.map(({ failure }) => failure?.code)).toEqual(
      Array(4).fill('run/interrupted'),
    );
    expect(ran.cluster.open).toEqual([]);
    expect(ran.cluster.calls.filter((call) => call.startsWith('open'))).toHaveLength(2);
  });

  it('gives a scenario with its controls only so much time', async () => {
    const slow = scenario('slow', observed(probe('hang')), {
      controls: [control('c', observed(probe('hang')))],
    });
    const ran = await run([slow, scenario('quick', observed())], {
      timeoutMs: 30,
      intercept: (call, signal) => (call.endsWith('hang') ? hang(signal) : Promise.resolve(undefined)),
    });
    expect(verdictsOf(ran)).toEqual(['slow unknown', 'quick holds']);
    const failure = { code: 'run/timeout', what: expect.stringContaining('did not end within 30 ms') };
    expect(ran.report.scenarios[0]).toMatchObject({ failure, controls: [{ failure }] });
    expect(ran.cluster.open).toEqual([]);
  });

  it('ends every world when the ground is lost, also what had been seen by then, and begins none any more', async () => {
    const { ground, end } = fakeGround();
    const ran = await run(
      ['a', 'b', 'c', 'd'].map((name) => scenario(name, observed(probe(name)))),
      {
        ground,
        parallel: 2,
        intercept: async (call, signal) => {
          if (call.endsWith(' a')) return hang(signal);
          if (call.endsWith(' b')) {
            await pause(5);
            end();
          }
          return undefined;
        },
      },
    );
    expect(verdictsOf(ran)).toEqual(['a unknown', 'b unknown', 'c unknown', 'd unknown']);
    for (const { failure } of ran.report.scenarios) {
      expect(failure).toMatchObject({
        code: 'cluster/ground-lost',
        what: 'the router is lost: it has ended',
        remedy: 'run it again',
      });
    }
    expect(ran.cluster.calls.filter((call) => call.startsWith('open'))).toHaveLength(2);
    expect(ran.cluster.open).toEqual([]);
  });

  it('keeps the verdicts of scenarios whose worlds had ended before the ground was lost', async () => {
    const { ground, end, notice } = fakeGround();
    const ran = await run(
      ['a', 'b'].map((name) => scenario(name, observed(probe(name)))),
      {
        ground,
        parallel: 1,
        intercept: (call, signal) => {
          if (!call.endsWith(' b')) return Promise.resolve(undefined);
          end();
          setTimeout(notice, 5);
          return hang(signal);
        },
      },
    );
    expect(verdictsOf(ran)).toEqual(['a holds', 'b unknown']);
  });

  it('does not take for a refutation what a control saw while the ground was lost', async () => {
    const { ground, end } = fakeGround();
    const ran = await run(
      [scenario('a', observed(), { controls: [control('later', observed(probe('late')))] })],
      {
        ground,
        parallel: 1,
        intercept: (call) => {
          if (call.endsWith(' late')) end();
          return Promise.resolve(undefined);
        },
      },
    );
    expect(verdictsOf(ran)).toEqual(['a unknown']);
    expect(ran.report.scenarios[0]).toMatchObject({ failure: null, controls: [{ groundLost: {} }] });
    expect(ran.report.scenarios[0]?.expectations[0]?.because).toContain('the router is lost');
  });
});
