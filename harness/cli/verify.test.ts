import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NetclaimsError } from '../domain/error.js';
import type { Report } from '../domain/report.js';
import { fakeCluster } from '../run/testing/fake-cluster.js';
import { answeringScenario, answers, fails } from './testing/answering-scenario.js';
import { fakeProvider, type ProviderParts } from '../session/testing/fake-provider.js';
import { fakeTerminal } from './testing/fake-terminal.js';
import { verify, type VerifyFlags } from './verify.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const put = async (name: string, text: string) => {
  await writeFile(join(folder, name), text);
  return join(folder, name);
};

const scenario = (name: string, that: string) => put(`${name}.yaml`, answeringScenario(name, that));

const defaults: VerifyFlags = {
  ...{ cluster: 'auto', nodes: 1, load: [], failFast: false, timeout: 60_000, keep: false, strict: false },
  ...{ detail: 'normal', report: [] },
};

const run = async (
  paths: readonly string[],
  flags: Partial<VerifyFlags> = {},
  parts: ProviderParts = {},
  signal = new AbortController().signal,
) => {
  const provider = fakeProvider(parts);
  const terminal = fakeTerminal({ providers: [provider], folder, signal });
  const code = await verify(paths, { ...defaults, ...flags }, terminal);
  const calls = provider.calls.filter((call) => call !== 'sweep');
  return { code, ...terminal.written, calls, kept: (await provider.list()).map(({ name }) => name) };
};

describe('verify', () => {
  it('runs scenarios on a cluster that it makes and removes, and prints their verdicts', async () => {
    const files = [await scenario('a', answers), await scenario('b', answers)];
    const { code, result, progress, calls } = await run(files);
    expect(code).toBe(0);
    expect(calls).toEqual(['create held', 'close']);
    expect(result).toMatch(/HOLDS {2}a [^]*HOLDS {2}b /);
    expect(progress).toMatch(/^cluster: containerd, the first that can be used here$/m);
    expect(progress).toContain('a: HOLDS');
  });

  it.each([
    ['refuted', fails, {}, 1],
    ['without a control', answers, { strict: true }, 1],
    ['holding', answers, { strict: false }, 0],
  ])('exits for one that is %s by its code', async (_, that, flags, code) => {
    expect(await run([await scenario('a', that)], flags)).toMatchObject({ code });
  });

  it('runs what --selector and --shard leave', async () => {
    const files = [await scenario('a', answers), await scenario('b', fails)];
    const selected = await run(files, { selector: 'topic=a' });
    expect(selected.code).toBe(0);
    expect(selected.result).not.toContain('REFUTED');
    const shards = [await run(files, { shard: '1/2' }), await run(files, { shard: '2/2' })];
    expect(shards.map(({ code }) => code)).toEqual([0, 1]);
    expect(await run(files, { shard: '3/3' })).toMatchObject({ code: 0 });
  });

  it('begins no more with --fail-fast, and gives the rest as unknown', async () => {
    const files = [await scenario('a', fails), await scenario('b', answers)];
    const { code, result } = await run(files, { failFast: true, parallel: 1 });
    expect(code).toBe(1);
    expect(result).toMatch(/REFUTED {2}a [^]*UNKNOWN {2}b /);
  });

  it('starts nothing for a file with a mistake, and tells of those in all files', async () => {
    const files = [await scenario('a', 'probes.answr.exitCode == 0'), await put('b.yaml', 'kind: [')];
    const { code, result, progress, calls } = await run(files);
    expect({ code, result, calls }).toEqual({ code: 3, result: '', calls: [] });
    expect(progress).toMatch(/^\S*a\.yaml:9:\d+ /m);
    expect(progress).toMatch(/^\S*b\.yaml:1:\d+ /m);
  });

  it('applies nothing that the cluster refuses', async () => {
    const cluster = fakeCluster({
      refusals: ({ file }) => [
        { file, line: 7, column: 3, message: 'no such thing here', severity: 'error' },
      ],
    });
    const { code, progress, calls } = await run([await scenario('a', answers)], {}, { cluster });
    expect(code).toBe(3);
    expect(progress).toContain('a.yaml:7:3 no such thing here');
    expect(calls).toEqual(['create held', 'close']);
    expect(cluster.calls).toEqual([]);
  });

  it('attaches to a cluster that is kept, and lets go of it', async () => {
    const { code, calls, kept } = await run(
      [await scenario('a', answers)],
      { clusterName: 'mine' },
      { kept: ['mine'] },
    );
    expect({ code, calls, kept }).toEqual({ code: 0, calls: ['attach mine', 'close'], kept: ['mine'] });
  });

  it('is unknown when the cluster cannot be removed, whatever held', async () => {
    const stuck = new NetclaimsError({ code: 'cluster/cleanup', what: 'a mount is busy' });
    const { code, result } = await run([await scenario('a', answers)], {}, { stuck });
    expect(code).toBe(2);
    expect(result).toContain('HOLDS  a');
    expect(result).toContain('cluster/cleanup: a mount is busy');
  });

  it('writes its reports before the cluster is removed', async () => {
    const cluster = fakeCluster();
    let written: readonly string[] = [];
    const provider = fakeProvider({ cluster });
    const watched = {
      ...provider,
      create: async (...given: Parameters<typeof provider.create>) => {
        const made = await provider.create(...given);
        const dispose = async () => void (written = await readdir(folder));
        return { ...made, [Symbol.asyncDispose]: dispose };
      },
    };
    const terminal = fakeTerminal({ providers: [watched], folder });
    const flags = { ...defaults, report: ['json=r.json', 'html=-'] };
    expect(await verify([await scenario('a', answers)], flags, terminal)).toBe(0);
    expect(written).toContain('r.json');
    expect(terminal.written.result).toContain('<html');
  });
});

describe('verify --quiet', () => {
  it('prints what does not hold, the totals, and no progress', async () => {
    const files = [await scenario('a', answers), await scenario('b', fails)];
    const { result, progress } = await run(files, { detail: 'quiet' });
    expect(result).toMatch(/^REFUTED {2}b [^]*\n2 expectations in 2 scenarios/);
    expect(progress).not.toMatch(/cluster|started/);
  });
});

describe('verify --report', () => {
  const read = async (file: string) => JSON.parse(await readFile(join(folder, file), 'utf8')) as Report;

  it('writes each report beside what it prints', async () => {
    const report = ['json=r.json', 'junit=r.xml'];
    expect(await run([await scenario('a', fails)], { report })).toMatchObject({ code: 1 });
    expect(await read('r.json')).toMatchObject({ totals: { refuted: 1 }, scenarios: [{ name: 'a' }] });
    expect(await readFile(join(folder, 'r.xml'), 'utf8')).toContain('failures="1"');
  });

  it('writes them when no cluster can be made: all is unknown, for that reason', async () => {
    const failure = new NetclaimsError({ code: 'cluster/no-node', what: 'no namespaces', remedy: 'be root' });
    const flags = { report: ['json=r.json', 'junit=r.xml'] };
    const { code, result, progress } = await run([await scenario('a', answers)], flags, { failure });
    expect(code).toBe(2);
    expect(result).toContain('UNKNOWN  a');
    expect(result).toMatch(/cluster\/no-node: no namespaces\n +→ be root/);
    expect(progress).not.toContain('no namespaces');
    const { totals, scenarios } = await read('r.json');
    expect(totals).toMatchObject({ holds: 0, refuted: 0, unknown: 1 });
    expect(scenarios[0]?.failure).toEqual({
      ...{ code: 'cluster/no-node', what: 'no namespaces', where: '', evidence: [], remedy: 'be root' },
    });
    expect(await readFile(join(folder, 'r.xml'), 'utf8')).toContain('no namespaces');
  });

  it('writes them when a cluster was made and trouble kept the run from beginning', async () => {
    const failure = new NetclaimsError({ code: 'cluster/capabilities', what: 'no answer' });
    const cluster = { ...fakeCluster(), detect: () => Promise.reject(failure) };
    const files = [await scenario('a', answers), await scenario('b', answers)];
    const { code, result, calls } = await run(files, { report: ['json=r.json'] }, { cluster });
    expect({ code, calls }).toEqual({ code: 2, calls: ['create held', 'close'] });
    expect(result.match(/nothing was run, cluster\/capabilities: no answer/g)).toHaveLength(1);
    expect(await read('r.json')).toMatchObject({ totals: { unknown: 2 } });
  });

  it('writes them again when the clean-up fails, and names that', async () => {
    const stuck = new NetclaimsError({ code: 'cluster/cleanup', what: 'a mount is busy' });
    const report = [
      'json=r.json',
      'junit=r.xml',
      'tap=r.tap',
      'markdown=r.md',
      'github=r.txt',
      'html=r.html',
    ];
    expect(await run([await scenario('a', answers)], { report }, { stuck })).toMatchObject({ code: 2 });
    const { totals, failures } = await read('r.json');
    expect(totals).toMatchObject({ holds: 1, unknown: 0 });
    expect(failures).toMatchObject([{ code: 'cluster/cleanup', what: 'a mount is busy' }]);
    for (const file of ['r.xml', 'r.tap', 'r.md', 'r.txt', 'r.html']) {
      expect(await readFile(join(folder, file), 'utf8')).toContain('a mount is busy');
    }
    expect(await readFile(join(folder, 'r.xml'), 'utf8')).toContain('errors="1"');
  });

  it('is a failure when one cannot be written, and writes the others', async () => {
    const report = ['junit=r.xml', 'json=r.json', 'tap=r.tap', 'markdown=r.md', 'github=r.txt'];
    // Renaming a file to the name of a folder fails, however much a user may do.
    const cluster = fakeCluster({
      intercept: async (call) => {
        if (call.startsWith('open')) await mkdir(join(folder, 'r.xml', 'x'), { recursive: true });
        return undefined;
      },
    });
    const { code, progress } = await run([await scenario('a', answers)], { report }, { cluster });
    expect(code).toBe(2);
    expect(progress).toContain('report/not-written: the junit report could not be written');
    expect((await readdir(folder)).sort()).toEqual(['a.yaml', 'r.json', 'r.md', 'r.tap', 'r.txt', 'r.xml']);
  });

  it('writes none when nothing was to be run', async () => {
    const failure = new NetclaimsError({ code: 'usage/nodes', what: 'one node only' });
    const flags = { report: ['json=r.json'] };
    const running = run([await scenario('a', answers)], flags, { failure });
    await expect(running).rejects.toMatchObject({ code: 'usage/nodes' });
    expect(await readdir(folder)).toEqual(['a.yaml']);
  });
});

describe('verify --keep', () => {
  it('keeps a cluster with something to look at, and says how to enter and remove it', async () => {
    const { code, progress, kept } = await run([await scenario('a', fails)], { keep: true });
    expect(code).toBe(1);
    expect(kept).toEqual([expect.stringMatching(/^kept-[0-9a-f]{6}$/)]);
    expect(progress).toContain(`netclaims cluster down ${kept[0] ?? ''}`);
    expect(progress).toContain('a: kept namespace netclaims-a-');
  });

  it('removes one in which all held', async () => {
    const { code, kept, calls } = await run([await scenario('a', answers)], { keep: true });
    expect({ code, kept }).toEqual({ code: 0, kept: [] });
    expect(calls.map((call) => call.split(' ')[0])).toEqual(['create', 'close', 'remove']);
  });

  it('removes one whose run was interrupted', async () => {
    const controller = new AbortController();
    const cluster = fakeCluster({
      intercept: (call) => {
        if (call.startsWith('apply'))
          controller.abort(new NetclaimsError({ code: 'run/interrupted', what: 'stopped' }));
        return Promise.resolve(undefined);
      },
    });
    const { code, kept } = await run(
      [await scenario('a', answers)],
      { keep: true },
      { cluster },
      controller.signal,
    );
    expect({ code, kept }).toEqual({ code: 2, kept: [] });
  });
});
