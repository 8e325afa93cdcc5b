import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lint } from './lint.js';
import { fakeTerminal } from './testing/fake-terminal.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lint-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const run = async (strict: boolean, that: string, steps = '[{ observe: now }]') => {
  await writeFile(
    join(folder, 's.yaml'),
    `apiVersion: netclaims.dev/v1
kind: Scenario
metadata: { name: s }
spec:
  claim: A claim.
  steps: ${steps}
  expect: [{ id: a, says: A., that: ${that} }]
`,
  );
  const terminal = fakeTerminal();
  return { code: await lint([folder], { strict }, terminal), ...terminal.written };
};

describe('lint', () => {
  it('prints problems as its result and their number as progress', async () => {
    const { code, result, progress } = await run(false, 'cluster.provder == "x"');
    expect(code).toBe(3);
    expect(result).toMatch(/^\S+s\.yaml:7:\d+ [^]*provder/);
    expect(progress).toMatch(/^0 scenarios, 1 errors, \d warnings\n$/);
  });

  it('takes warnings for failures only when it is strict', async () => {
    const that = 'cluster.provider == "x"';
    const lenient = await run(false, that);
    expect(lenient.code).toBe(0);
    expect(lenient.result).toContain('warning');
    expect(await run(true, that)).toEqual({ ...lenient, code: 3 });
  });

  it('says how a scenario could touch less, and fails for nothing of it', async () => {
    const that = 'cluster.provider == "x"';
    const steps = (reads: string) =>
      `[{ probe: { name: p, in: { node: one }, ${reads}run: ['true'] } }, { observe: now }]`;
    const { code, result } = await run(false, that, steps(''));
    expect(code).toBe(0);
    expect(result).toMatch(
      /^\S+s\.yaml:6:11 advice: the probe `p` runs on a node, so .*; give it `reads: true`/m,
    );
    expect((await run(false, that, steps('reads: false, '))).result).not.toContain('advice');
  });
});
