import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterLost, fakeCluster, type FakeCluster, type FakeOptions } from '../run/testing/fake-cluster.js';
import { fakeInstruments } from '../run/testing/fake-instruments.js';
import { openScenario, type OpenContext } from './open-scenario.js';
import { readOptions } from './options.js';
import type { JestApi } from './register.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jest-scenario-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Two expectations with a control each; every line can be replaced. */
const lines = [
  'apiVersion: netclaims.dev/v1',
  'kind: Scenario',
  'metadata: { name: sample }',
  'spec:',
  '  claim: A claim.',
  '  requires: []',
  '  manifests:',
  '    - { apiVersion: v1, kind: Pod, metadata: { name: web }, spec: { containers: [{ name: c, image: i }] } }',
  '  let: { one: "1", two: "2" }',
  '  steps: [{ observe: now }]',
  '  expect:',
  '    - { id: first, says: One is one., that: one == 1 && cluster.kubernetes == "" }',
  '    - { id: second, says: Two is two., that: two == 2 && cluster.kubernetes == "" }',
  '  controls:',
  '    - { name: not one, refutes: [first], let: { one: "2" } }',
  '    - { name: not two, refutes: [second], let: { two: "1" } }',
];

const written = async (changes: Readonly<Record<number, string>> = {}): Promise<string> => {
  const file = join(folder, 'sample.yaml');
  await writeFile(file, `${lines.map((line, index) => changes[index + 1] ?? line).join('\n')}\n`);
  return file;
};

interface Given extends FakeOptions {
  readonly globals?: object;
  readonly testNamePattern?: string;
  readonly attach?: OpenContext['attach'];
  readonly maxWorkers?: number;
}

const contextOf = (
  cluster: FakeCluster,
  { globals = {}, testNamePattern, attach, maxWorkers = 1 }: Given,
): OpenContext => ({
  options: readOptions({ globals, rootDir: folder, env: {}, folder }),
  testNamePattern,
  maxWorkers,
  attach: attach ?? (() => Promise.resolve(cluster)),
  instruments: fakeInstruments(),
});

/** Runs a file's tests as Jest does, and gives what each said: `passed`, `skipped`, or its failure. */
const run = async (file: string, given: Given = {}) => {
  const cluster = fakeCluster(given);
  await using open = await openScenario(file, contextOf(cluster, given));
  const results: Record<string, string> = {};
  const pattern = new RegExp(given.testNamePattern ?? '', 'i');
  const hooks = { before: [] as (() => Promise<void>)[], after: [] as (() => void)[] };
  const tests: [string, () => void][] = [];
  let suite = '';
  const add = (name: string, test: () => void) => void tests.push([name, test]);
  const skip = (name: string) => void (results[name] = 'skipped');
  const jest: JestApi = {
    describe: (name, define) => {
      suite = name;
      define();
    },
    test: Object.assign(add, { skip }),
    beforeAll: (hook) => void hooks.before.push(hook),
    afterAll: (hook) => void hooks.after.push(hook),
  };
  open.register(jest);
  const matched = tests.filter(([name]) => pattern.test(`${suite} ${name}`));
  if (matched.length > 0) for (const hook of hooks.before) await hook();
  for (const [name, test] of matched) results[name] = said(test);
  const after = hooks.after.map(said).filter((text) => text !== 'passed');
  return { results, after, cluster, suite };
};

const said = (test: () => void): string => {
  try {
    test();
    return 'passed';
  } catch (error) {
    return (error as Error).stack ?? '';
  }
};

const opened = ({ calls }: FakeCluster): readonly string[] =>
  calls.filter((call) => call.startsWith('open ')).map((call) => call.replace(/^open |-[0-9a-f]+-\d+$/g, ''));

const refused = async (file: string, given: Given = {}): Promise<string> => {
  const cluster = fakeCluster(given);
  const error = await openScenario(file, contextOf(cluster, given)).catch((reason: unknown) => reason);
  expect(cluster.calls).toEqual([]);
  return (error as Error).message;
};

describe('a scenario file as tests', () => {
  it('has its worlds that read nodes on clones where the cluster can be cloned', async () => {
    const file = await written({ 12: lines[11]?.replace('one == 1', 'one == 1 && size(nodes) == 0') ?? '' });
    const clones: FakeCluster[] = [];
    const clone = () => {
      const made = fakeCluster();
      clones.push(made);
      return Promise.resolve(made);
    };
    const { results, cluster } = await run(file, { maxWorkers: 2, clone });
    expect(Object.values(results)).toEqual(['passed', 'passed', 'passed', 'passed']);
    expect(opened(cluster)).toEqual(['netclaims-sample-not-two']);
    expect(clones.flatMap(opened).toSorted()).toEqual(['netclaims-sample', 'netclaims-sample-not-one']);
  });

  it('passes when everything holds, and closes its worlds', async () => {
    const { results, after, cluster, suite } = await run(await written());
    expect(suite).toBe('sample');
    expect(results).toEqual({
      'first: One is one.': 'passed',
      'second: Two is two.': 'passed',
      'control: not one refutes first': 'passed',
      'control: not two refutes second': 'passed',
    });
    expect(after).toEqual([]);
    expect(opened(cluster)).toHaveLength(3);
    expect(cluster.open).toEqual([]);
  });

  it('fails an expectation that is refuted, and only that, at its place in the file', async () => {
    const { results } = await run(await written({ 12: lines[11]?.replace('one == 1', 'one == 3') ?? '' }));
    const { 'first: One is one.': first = '', ...others } = results;
    expect(first).toMatch(/^first REFUTED {2}one == 3 .*is false/);
    expect(first).toMatch(/\n {4}at scenario \(.*sample\.yaml:12:45\)$/);
    expect(Object.values(others)).toEqual(['passed', 'passed', 'passed']);
  });

  it('fails a vacuous expectation, and the control that does not refute it', async () => {
    const { results } = await run(
      await written({ 15: '    - { name: not one, refutes: [first], let: { one: "1" } }' }),
    );
    expect(results['first: One is one.']).toContain('VACUOUS');
    expect(results['control: not one refutes first']).toContain('holds, but must be refuted');
    expect(results['second: Two is two.']).toBe('passed');
    expect(results['control: not two refutes second']).toBe('passed');
  });

  it('fails what is unknown with the failure, not as refuted', async () => {
    const { results } = await run(await written(), {
      intercept: (call) =>
        call.startsWith('apply') ? Promise.reject(clusterLost()) : Promise.resolve(undefined),
    });
    for (const name of ['first: One is one.', 'second: Two is two.']) {
      expect(results[name]).toMatch(/^\w+ UNKNOWN /);
      expect(results[name]).toContain('containerd does not answer');
    }
    // What they are about is false in the controls, whatever else could not be seen there.
    expect(results['control: not one refutes first']).toBe('passed');
    expect(Object.keys(results)).toHaveLength(4);
  });

  it('fails the suite when a world that holds could not be removed', async () => {
    const { results, after } = await run(await written(), {
      intercept: (call) =>
        call.startsWith('close') ? Promise.reject(clusterLost()) : Promise.resolve(undefined),
    });
    expect(new Set(Object.values(results))).toEqual(new Set(['passed']));
    expect(after.join()).toContain('containerd does not answer');
  });

  it('fails what no control refutes only when it is strict', async () => {
    const file = await written({ 16: '    - { name: not two, refutes: [first], let: { one: "2" } }' });
    expect((await run(file)).results['second: Two is two. (uncontrolled)']).toBe('passed');
    const { results } = await run(file, { globals: { strict: true } });
    expect(results['second: Two is two. (uncontrolled)']).toContain('UNCONTROLLED');
    expect(results['first: One is one.']).toBe('passed');
  });
});

describe('a scenario file of which Jest was asked for a part', () => {
  it('opens the worlds that the part needs, once', async () => {
    const { results, cluster } = await run(await written(), { testNamePattern: 'second: Two' });
    expect(results).toEqual({ 'second: Two is two.': 'passed' });
    expect(opened(cluster)).toHaveLength(2);
    expect(opened(cluster).join()).toContain('not-two');
  });

  it('opens none when it was asked for another one', async () => {
    const { results, cluster } = await run(await written(), { testNamePattern: 'another' });
    expect(results).toEqual({});
    expect(cluster.calls).toEqual([]);
  });
});

describe('a scenario that the cluster cannot have', () => {
  const needy = () => written({ 6: '  requires: [services]' });

  it('is skipped with the reason, and nothing of it is made', async () => {
    const { results, cluster } = await run(await needy());
    expect(new Set(Object.values(results))).toEqual(new Set(['skipped']));
    expect(Object.keys(results)).toHaveLength(4);
    for (const name of Object.keys(results)) expect(name).toContain('(not applicable: needs `services`');
    expect(cluster.calls).toEqual([]);
  });

  it('fails with the reason where nothing may be skipped', async () => {
    const { results, cluster } = await run(await needy(), { globals: { notApplicable: 'fail' } });
    expect(Object.keys(results)).toHaveLength(4);
    for (const text of Object.values(results)) expect(text).toContain('NOT APPLICABLE needs `services`');
    expect(cluster.calls).toEqual([]);
  });

  it('runs where the cluster has it', async () => {
    const { results } = await run(await needy(), { capabilities: ['services'] });
    expect(new Set(Object.values(results))).toEqual(new Set(['passed']));
  });
});

describe('a scenario file that cannot be opened', () => {
  it('tells all its mistakes with their places, and asks for no cluster', async () => {
    const file = await written({
      9: '  let: { one: "1", two: cluster.provder }',
      15: '    - { name: not one, refutes: [frst], let: { one: "2" } }',
    });
    const attach = () => Promise.reject(new Error('a cluster was asked for'));
    const places = (await refused(file, { attach })).split('\n').filter((line) => line.startsWith(file));
    expect(places.map((line) => line.slice(file.length))).toEqual([
      expect.stringMatching(/^:9:\d+ /),
      expect.stringMatching(/^:15:34 no expectation has the id `frst`/),
    ]);
  });

  it('names what the cluster cannot do with its manifests', async () => {
    const file = await written();
    const problem = { file, line: 8, column: 7, message: 'no such thing', severity: 'error' as const };
    expect(await refused(file, { refusals: () => [problem] })).toBe(`${file}:8:7 no such thing`);
  });

  it('says why there is no cluster', async () => {
    const attach = () => Promise.reject(clusterLost());
    expect(await refused(await written(), { attach })).toBe(
      'cluster/cri-lost: containerd does not answer\n→ run it again',
    );
  });
});
