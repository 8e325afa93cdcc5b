import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Baseline } from '../domain/baseline.js';
import { NetclaimsError } from '../domain/error.js';
import { fakeCluster } from '../run/testing/fake-cluster.js';
import { diff } from './diff.js';
import { record, type RecordFlags } from './record.js';
import { answeringScenario, answers, fails } from './testing/answering-scenario.js';
import { fakeProvider, type ProviderParts } from '../session/testing/fake-provider.js';
import { fakeTerminal } from './testing/fake-terminal.js';
import { verify, type VerifyFlags } from './verify.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'record-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const flags: RecordFlags = {
  ...{ cluster: 'auto', nodes: 1, load: [], timeout: 60_000, detail: 'normal', output: 'baseline.json' },
};

const scenario = async (that: string) => {
  const file = join(folder, 's.yaml');
  await writeFile(file, answeringScenario('s', that));
  return file;
};

const terminalOf = (parts: ProviderParts) => fakeTerminal({ providers: [fakeProvider(parts)], folder });

const recorded = async (that: string, parts: ProviderParts = {}, more: Partial<RecordFlags> = {}) => {
  const terminal = terminalOf(parts);
  const code = await record([await scenario(that)], { ...flags, ...more }, terminal);
  return { code, ...terminal.written };
};

const verified = async (that: string, more: Partial<VerifyFlags>) => {
  const terminal = terminalOf({});
  const code = await verify(
    [await scenario(that)],
    { ...flags, failFast: false, keep: false, strict: false, report: [], ...more },
    terminal,
  );
  return { code, ...terminal.written };
};

const compared = async (before: string, after: string) => {
  const terminal = terminalOf({});
  const code = await diff([before, after], { output: 'text' }, terminal);
  return { code, ...terminal.written };
};

const saved = async (name = 'baseline.json') =>
  JSON.parse(await readFile(join(folder, name), 'utf8')) as Baseline;

/** Fails to make the reference pods, and nothing else. */
const withoutReference: ProviderParts = {
  cluster: fakeCluster({
    intercept: (call) =>
      call.includes('netclaims-baseline')
        ? Promise.reject(new NetclaimsError({ code: 'pod/failed', what: 'no room' }))
        : Promise.resolve(undefined),
  }),
};

describe('record', () => {
  it('keeps how the cluster looks, and the verdicts, whatever they are', async () => {
    expect(await recorded(answers)).toMatchObject({ code: 0 });
    expect(await saved()).toMatchObject({
      kind: 'Baseline',
      node: { 'node-1': {} },
      pod: { 'on-node-1': { node: 'node-1' }, 'of-node-1': {}, 'two-containers': {} },
      claim: { s: { verdict: 'holds', expectation: { answers: 'holds' } } },
    });
    expect(await recorded(fails)).toMatchObject({ code: 0 });
    expect((await saved()).claim.s).toEqual({ verdict: 'refuted', expectation: { answers: 'refuted' } });
  });

  it('writes nothing where there is nothing to compare with', async () => {
    const { code, result, progress } = await recorded(answers, withoutReference);
    expect(code).toBe(2);
    expect(result).toContain('no room');
    expect(progress).toContain('baseline.json is not written');
    await expect(saved()).rejects.toThrow('ENOENT');
    const failure = new NetclaimsError({ code: 'cluster/no-node', what: 'no node' });
    expect(await recorded(answers, { failure })).toMatchObject({ code: 2 });
    await expect(saved()).rejects.toThrow('ENOENT');
  });
});

describe('verify --baseline', () => {
  it('fails on what is not as it was, better or worse', async () => {
    await recorded(fails);
    const { code, result } = await verified(answers, { baseline: 'baseline.json' });
    expect(code).toBe(1);
    expect(result).toContain('not as in baseline.json:\n  claim s: verdict: refuted → holds\n');
    await recorded(answers);
    expect(await verified(answers, { baseline: 'baseline.json' })).toMatchObject({
      code: 0,
      result: expect.stringContaining('nothing differs from baseline.json\n'),
    });
  });

  it('runs nothing when there is no such baseline', async () => {
    await writeFile(join(folder, 'other.json'), '{"kind": "Report"}');
    await writeFile(join(folder, 'empty.json'), '');
    for (const [file, message, ...evidence] of [
      ['none.json', 'none.json does not exist'],
      ['empty.json', 'empty.json is empty'],
      ['.', '. is a folder, not a file'],
      ['/dev/zero', '/dev/zero is a device, not a file'],
      ['other.json', 'cannot read baseline other.json', expect.stringContaining('it is no baseline')],
    ] as const) {
      await expect(verified(answers, { baseline: file })).rejects.toMatchObject({
        code: 'usage/no-baseline',
        message,
        evidence,
      });
    }
  });
});

describe('diff', () => {
  it('tells what is not alike, and exits with 1', async () => {
    await recorded(answers, {}, { output: 'a.json' });
    await recorded(fails, {}, { output: 'b.json' });
    expect(await compared('a.json', 'a.json')).toMatchObject({ code: 0, result: 'nothing differs\n' });
    expect(await compared('a.json', 'b.json')).toMatchObject({
      code: 1,
      result:
        'claim s: verdict: holds → refuted\nclaim s: expectation answers: holds → refuted\n2 differences\n',
    });
  });

  it('exits with 2 where all that differs could not be seen', async () => {
    await recorded(answers, {}, { output: 'a.json' });
    const a = await saved('a.json');
    await writeFile(
      join(folder, 'b.json'),
      JSON.stringify({ ...a, claim: { s: { verdict: 'unknown', expectation: { answers: 'unknown' } } } }),
    );
    expect(await compared('a.json', 'b.json')).toMatchObject({ code: 2 });
  });
});
