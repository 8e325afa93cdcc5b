import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NetclaimsError } from '../domain/error.js';
import type { Report } from '../domain/report.js';
import { fakeCluster } from '../run/testing/fake-cluster.js';
import { answeringScenario, answers } from './testing/answering-scenario.js';
import { fakeProvider, type ProviderParts } from '../session/testing/fake-provider.js';
import { fakeTerminal } from './testing/fake-terminal.js';
import { tutorialCheck, type TutorialFlags } from './tutorial.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tutorial-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const put = async (name: string, ...lines: readonly string[]) => {
  await writeFile(join(folder, name), `${lines.join('\n')}\n`);
  return name;
};
const text = (name: string) => readFile(join(folder, name), 'utf8');

const defaults: TutorialFlags = {
  ...{ cluster: 'auto', nodes: 1, load: [], timeout: 5_000, detail: 'normal', report: [] },
  ...{ scenarios: [], suggest: false, allowHost: false, update: false, stamp: false },
};

/** A node on which `ip link` prints two links, and everything else ends with 1. */
const parts: ProviderParts = {
  cluster: fakeCluster({
    intercept: (call) => {
      if (!call.startsWith('node')) return Promise.resolve(undefined);
      const known = call.endsWith('ip link');
      return Promise.resolve({
        exitCode: known ? 0 : 1,
        stdout: known ? '1: lo\n2: eth0\n' : '',
        stderr: '',
      });
    },
  }),
};

const check = async (files: readonly string[], flags: Partial<TutorialFlags> = {}, own = parts) => {
  const provider = fakeProvider(own);
  const terminal = fakeTerminal({ providers: [provider], folder, signal: new AbortController().signal });
  const code = await tutorialCheck(files, { ...defaults, ...flags }, terminal);
  return { code, ...terminal.written, calls: provider.calls.filter((call) => call !== 'sweep') };
};

const right = ['# Links', '', '```sh', 'ip link', '```', '', '```', '1: lo', '2: eth0', '```'];
const stale = right.map((line) => (line === '2: eth0' ? '2: eth1' : line));

describe('tutorial check', () => {
  it('prints a verdict for each section, and exits by the worst', async () => {
    const good = await check([await put('a.md', ...right)]);
    expect(good).toMatchObject({ code: 0, calls: ['create held', 'close'] });
    expect(good.result).toMatch(/HOLDS {2}links /);
    const bad = await check([await put('b.md', ...stale)], { report: ['json=r.json'] });
    expect(bad.code).toBe(1);
    expect(bad.result).toMatch(/- 9 +2: eth1\n +\+ +2: eth0/);
    const report = JSON.parse(await text('r.json')) as Report;
    expect(report.scenarios[0]?.expectations[0]).toMatchObject({ line: 4, verdict: 'refuted' });
  });

  it('runs nothing when the steering of a document has a mistake', async () => {
    const { code, progress, calls } = await check([await put('a.md', '```sh nod', 'x', '```')]);
    expect({ code, progress, calls }).toEqual({
      code: 3,
      progress: 'a.md:1:7 `nod` says nothing of a block → did you mean `node`?\n',
      calls: [],
    });
    await expect(check(['none.md'])).rejects.toMatchObject({ code: 'usage/no-document' });
  });

  it('reports a cluster that cannot be made as unknown', async () => {
    const no = { failure: new NetclaimsError({ code: 'cluster/no-node', what: 'no node could be made' }) };
    const { code, result } = await check([await put('a.md', ...right)], {}, no);
    expect(code).toBe(2);
    expect(result).toContain('no node could be made');
  });

  it('compares the document with the scenarios about it', async () => {
    const about = answeringScenario('links', answers).replace(
      'spec:\n',
      'spec:\n  source: {document: a, section: Lonks}\n',
    );
    await writeFile(join(folder, 'links.yaml'), about);
    const { code, result } = await check([await put('a.md', ...right)], {
      scenarios: [join(folder, 'links.yaml')],
    });
    expect(code).toBe(1);
    expect(result).toMatch(/REFUTED {2}claims [^]*names the section "Lonks"[^]*nearest, line 1 +Links/);
  });

  it('suggests claims that have no scenario', async () => {
    const { progress } = await check([await put('a.md', 'Each pod has one veth of its own.')], {
      suggest: true,
    });
    expect(progress).toContain('a.md:1 no scenario for: Each pod has one veth of its own.\n');
  });

  it('writes what a command prints now, and nothing else, and then holds', async () => {
    const { code, progress } = await check([await put('a.md', ...stale)], { update: true });
    expect(code).toBe(1);
    expect(progress).toContain('a.md is rewritten: 1 outputs');
    expect(await text('a.md')).toBe(`${right.join('\n')}\n`);
    expect(await check(['a.md'], { update: true })).toMatchObject({ code: 0 });
  });

  it('stamps only what holds, and writes a badge', async () => {
    await check([await put('a.md', ...right), await put('b.md', ...stale)], {
      stamp: true,
      badge: 'badge.json',
    });
    expect(await text('a.md')).toMatch(
      /<!-- netclaims-stamp -->Last verified on fake 1, CNI bridge, \d{4}-\d\d-\d\d\.<!-- /,
    );
    expect(await text('b.md')).toBe(`${stale.join('\n')}\n`);
    expect(JSON.parse(await text('badge.json'))).toMatchObject({ label: 'tutorial', color: 'red' });
    expect((await check(['a.md'])).code).toBe(0);
  });
});
