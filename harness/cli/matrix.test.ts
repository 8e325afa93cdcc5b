import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageFile } from '../clusters/package-file.js';
import { NetclaimsError } from '../domain/error.js';
import type { Matrix } from '../domain/matrix.js';
import { expressionChecker } from '../judge/expression-checker.js';
import { loadScenarios } from '../scenario/load.js';
import { matrix, type MatrixFlags } from './matrix.js';
import { answeringScenario, answers, fails } from './testing/answering-scenario.js';
import { fakeProvider, type ProviderParts } from '../session/testing/fake-provider.js';
import { fakeTerminal } from './testing/fake-terminal.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matrix-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const scenario = async (that: string) => {
  const file = join(folder, 's.yaml');
  await writeFile(file, answeringScenario('s', that));
  return file;
};

const defaults: MatrixFlags = {
  ...{
    cluster: 'auto',
    nodes: 1,
    load: [],
    timeout: 60_000,
    output: 'text',
    updateExpect: false,
    report: [],
  },
  cni: 'bridge,ptp',
};

const run = async (that: string, flags: Partial<MatrixFlags> = {}, parts: ProviderParts = {}) => {
  const provider = fakeProvider(parts);
  const terminal = fakeTerminal({ providers: [provider], folder });
  const code = await matrix([await scenario(that)], { ...defaults, ...flags }, terminal);
  return { code, calls: provider.calls.filter((call) => call !== 'sweep'), ...terminal.written };
};

describe('matrix', () => {
  it('runs the scenarios on a cluster for each network', async () => {
    const { code, result, calls } = await run(answers);
    expect(code).toBe(0);
    expect([...calls].sort()).toEqual(['close', 'close', 'create held', 'create held']);
    expect(result).toContain('CLAIM  bridge  ptp\n');
    expect(result).toContain('s      holds   holds\n');
  });

  it('exits as verify does where nothing is expected', async () => {
    expect(await run(fails)).toMatchObject({ code: 1 });
  });

  it('has a column of what is unknown where there was no cluster', async () => {
    const failure = new NetclaimsError({ code: 'cluster/no-node', what: 'no node' });
    const { code, result, progress } = await run(answers, {}, { failure });
    expect(code).toBe(2);
    expect(result).toContain('s      unknown  unknown\n');
    expect(progress).toContain('bridge: cluster/no-node: no node');
  });

  it('is written in other formats as well, html among them', async () => {
    const reports = ['html', 'markdown'].map((format) => `${format}=m.${format}`);
    expect(await run(fails, { report: reports })).toMatchObject({ code: 1, progress: expect.any(String) });
    expect(await readFile(join(folder, 'm.html'), 'utf8')).toMatch(/<h1>All claims come to the same/);
    expect(await readFile(join(folder, 'm.markdown'), 'utf8')).toContain('| s | refuted | refuted |');
    await expect(run(fails, { report: ['junit=x'] })).rejects.toMatchObject({ code: 'usage/report-format' });
  });

  it('is compared with a committed one: anything that differs fails, better or worse', async () => {
    const update = await run(fails, { expect: 'm.json', updateExpect: true });
    expect(update).toMatchObject({ code: 0, progress: expect.stringContaining('written to') });
    const written = JSON.parse(await readFile(join(folder, 'm.json'), 'utf8')) as Matrix;
    expect(written.claims[0]?.verdicts).toEqual({ bridge: 'refuted', ptp: 'refuted' });
    expect(await run(fails, { expect: 'm.json' })).toMatchObject({ code: 0 });
    const better = await run(answers, { expect: 'm.json' });
    expect(better.code).toBe(1);
    expect(better.progress).toContain('ptp: s answers was refuted, is holds\n');
    const failure = new NetclaimsError({ code: 'cluster/no-node', what: 'no node' });
    expect(await run(answers, { expect: 'm.json' }, { failure })).toMatchObject({ code: 2 });
  });

  it('is committed with every claim and expectation of the catalogue', async () => {
    const committed = JSON.parse(await readFile(packageFile('docs', 'matrix.json'), 'utf8')) as Matrix;
    const { scenarios } = await loadScenarios([packageFile('scenarios')], { checker: expressionChecker });
    const rows = (
      claims: readonly { readonly name: string; readonly expectations: readonly { id: string }[] }[],
    ) => claims.flatMap(({ name, expectations }) => expectations.map(({ id }) => `${name} ${id}`));
    expect(rows(committed.claims)).toEqual(rows(scenarios));
  });

  it.each<[string, Partial<MatrixFlags>]>([
    ['usage/matrix', { cni: ' ,' }],
    ['usage/matrix', { clusterName: 'kept' }],
    ['usage/matrix', { updateExpect: true }],
    ['usage/nothing-selected', { selector: 'topic=none' }],
    ['usage/expect', { expect: 's.yaml' }],
    ['usage/expect', { expect: 'none.json' }],
  ])('refuses with %s what makes no sense (%j), and starts nothing', async (code, flags) => {
    await expect(run(answers, flags)).rejects.toMatchObject({ code });
  });
});
