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

const run = async (strict: boolean, that: string) => {
  await writeFile(
    join(folder, 's.yaml'),
    `apiVersion: netclaims.dev/v1
kind: Scenario
metadata: { name: s }
spec:
  claim: A claim.
  steps: [{ observe: now }]
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
});
