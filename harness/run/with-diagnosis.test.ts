import { describe, expect, it } from '@jest/globals';
import type { Artifact, ArtifactStore } from '../domain/artifact.js';
import type { Scenario } from '../domain/scenario.js';
import { runScenarios } from './run-scenarios.js';
import { clusterLost, fakeCluster, hang, type FakeOptions } from './testing/fake-cluster.js';
import { fakeInstruments, isFalse } from './testing/fake-instruments.js';
import { control, expression, observed, pod, scenario } from './testing/scenarios.js';

const never = new AbortController().signal;
const refuted = { expectations: [{ id: 'one', says: 'x', that: expression('!so') }] };

/** Runs one scenario, and notes what is saved and what the cluster was asked up to then. */
const run = async (one: Scenario, options: FakeOptions = {}, signal = never) => {
  const cluster = fakeCluster(options);
  const saved: { readonly world: string; readonly artifacts: readonly Artifact[]; readonly open: number }[] =
    [];
  const artifacts: ArtifactStore = {
    save: ({ scenario: name, control: of }, found, redact) => {
      const world = `${name}${of === null ? '' : `/${of}`}`;
      const redacted = found.map((each) => ({ ...each, content: redact(String(each.content)) }));
      saved.push({ world, artifacts: redacted, open: cluster.open.length });
      return Promise.resolve({ folder: world, files: found.map(({ name: file }) => file), notes: [] });
    },
  };
  const instruments = fakeInstruments({ never: () => isFalse });
  const report = await runScenarios(
    [one],
    cluster,
    { version: '1', token: 't', instruments, artifacts },
    signal,
  );
  const [only] = report.scenarios;
  if (only === undefined) throw new Error('no scenario');
  return { saved, report: only, cluster };
};

describe('a diagnosis', () => {
  it('is not made of what holds, nor of a control that refutes what it has to', async () => {
    const { saved, report, cluster } = await run(
      scenario('a', observed(), { controls: [control('c', observed())] }),
    );
    expect(report.verdict).toBe('holds');
    expect(saved).toEqual([]);
    expect(report).not.toHaveProperty('diagnosis');
    expect(cluster.calls.filter((call) => call.startsWith('describe') || call.startsWith('node'))).toEqual(
      [],
    );
  });

  it('is made of a world in which an expectation is refuted, while it is there', async () => {
    const { saved, report, cluster } = await run(scenario('a', observed(), refuted));
    expect(report.verdict).toBe('refuted');
    expect(saved).toMatchObject([{ world: 'a', open: 1 }]);
    expect(saved[0]?.artifacts.map(({ name }) => name)).toEqual(['pods', 'status']);
    expect(report.diagnosis).toMatchObject({ folder: 'a', files: ['pods', 'status'] });
    // The node of the fake says nothing, which is told.
    expect(report.diagnosis?.notes).toEqual([expect.stringMatching(/^node node-1 could not be read: /)]);
    expect(cluster.open).toEqual([]);
  });

  it('is made of a control that does not refute what it has to', async () => {
    const same = { ...control('c', observed()), world: observed() };
    const { saved, report } = await run(scenario('a', observed(), { controls: [same] }));
    expect(report.verdict).toBe('vacuous');
    expect(saved.map(({ world }) => world)).toEqual(['a/c']);
    expect(report.controls[0]?.diagnosis?.folder).toBe('a/c');
    expect(report).not.toHaveProperty('diagnosis');
  });

  it('is made of a start that failed, a step that failed and a wait in vain', async () => {
    const broken = (call: string) =>
      run(scenario('a', observed({ kind: 'restart', pod: 'web', container: 'nginx' })), {
        intercept: (text) =>
          text.startsWith(call) ? Promise.reject(new Error('no')) : Promise.resolve(undefined),
      });
    for (const call of ['open', 'apply', 'restart']) {
      const { saved, report } = await broken(call);
      expect(report.failure).not.toBeNull();
      expect(saved.map(({ world }) => world)).toEqual(['a']);
    }
    const wait = { kind: 'wait' as const, until: expression('never'), timeoutMs: 5, forMs: 0 };
    const waited = await run(scenario('a', observed(wait)));
    expect(waited.report.verdict).toBe('refuted');
    expect(waited.saved).toHaveLength(1);
  });

  it('changes no verdict when it fails itself', async () => {
    const { report } = await run(scenario('a', observed(), refuted), {
      intercept: (text) =>
        /^(describe|node)/.test(text) ? Promise.reject(clusterLost()) : Promise.resolve(undefined),
    });
    expect(report.verdict).toBe('refuted');
    expect(report.failure).toBeNull();
    expect(report.diagnosis?.notes).toEqual([
      expect.stringMatching(/^what the cluster says of the pods could not be read: cluster\/cri-lost/),
      expect.stringMatching(/^node node-1 could not be read: cluster\/cri-lost/),
    ]);
  });

  it('is not made of a run that was interrupted', async () => {
    const stop = new AbortController();
    const { saved, report } = await run(
      scenario('a', observed({ kind: 'restart', pod: 'web', container: 'nginx' })),
      {
        intercept: (text, signal) => {
          if (!text.startsWith('restart')) return Promise.resolve(undefined);
          stop.abort(new Error('enough'));
          return hang(signal);
        },
      },
      stop.signal,
    );
    expect(report.verdict).toBe('unknown');
    expect(saved).toEqual([]);
  });

  it('and the report have no secrets of the manifests, whoever prints them', async () => {
    const web = pod('web', 'nginx');
    const env = [{ name: 'DB_PASSWORD', value: 'hunter2-hunter2' }];
    const secret = { ...web, object: { kind: 'Pod', spec: { containers: [{ name: 'nginx', env }] } } };
    const probe = {
      kind: 'probe' as const,
      name: 'p',
      place: { kind: 'node' as const, node: 'node-1' },
      argv: ['env'],
    };
    const world = { ...observed(probe), manifests: [secret] };
    const { saved, report } = await run(scenario('a', world, refuted), {
      intercept: (text) =>
        Promise.resolve({ exitCode: 0, stdout: `it is hunter2-hunter2 ${text}`, stderr: '' }),
    });
    expect(saved[0]?.artifacts.find(({ name }) => name === 'status')?.content).toMatch(/^it is \[redacted/);
    const text = JSON.stringify(report);
    expect(text).toContain('it is [redacted');
    expect(text).not.toContain('hunter2');
  });
});
