import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageFile } from '../harness/clusters/package-file.js';
import { loadCases, readCase } from './case.js';

const folder = packageFile('adversary');

describe('a case', () => {
  const head = ['attacks: Something.', 'because: Somebody.', 'needs: none'];
  const good = [...head, 'steps: [{ netclaims: lint a.yaml, expect: { exit: 3 } }]'];
  const read = (lines: readonly string[]) => readCase('/x/idle/case.yaml', lines.join('\n'));

  it('is read from its file, and named after its folder', () => {
    expect(read(good)).toMatchObject({ name: 'idle', folder: '/x/idle', needs: 'none' });
  });

  it.each([
    ['nothing', [], '/ must be object'],
    ['no step', [...head, 'steps: []'], '/steps must contain at least 1 valid item(s)'],
    [
      'no run of netclaims',
      [...head, 'steps: [{ bash: a.sh }]'],
      '/steps must contain at least 1 valid item(s)',
    ],
    [
      'a run that expects nothing',
      [...head, 'steps: [{ netclaims: lint }]'],
      "/steps/0 must have required property 'expect'",
    ],
    [
      'an empty expectation',
      [...head, 'steps: [{ netclaims: lint, expect: {} }]'],
      "/steps/0/expect must have required property 'exit'",
    ],
    [
      'an action without a moment',
      [...head, 'steps: [{ netclaims: lint, expect: { exit: 3 }, meanwhile: [{ close: stderr }] }]'],
      "/steps/0/meanwhile/0 must have required property 'when'",
    ],
    ['an unknown key', [...good, 'extra: 1'], '/ must NOT have additional properties'],
    [
      'no reason',
      good.filter((line) => !line.startsWith('because')),
      "/ must have required property 'because'",
    ],
  ])('with %s is refused with its place', (_, lines, evidence) => {
    expect(() => read(lines)).toThrow(
      expect.objectContaining({ code: 'usage/bad-case', evidence: expect.arrayContaining([evidence]) }),
    );
  });

  it('that is asked for by a wrong name is refused with those that there are', async () => {
    await expect(loadCases(folder, ['killed-run'])).rejects.toMatchObject({
      code: 'usage/no-case',
      evidence: [expect.stringContaining('killed-run-is-swept')],
    });
  });
});

describe('the cases', () => {
  it('can all be read, and their scripts are bash', async () => {
    expect((await loadCases(folder)).length).toBeGreaterThan(0);
    const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    for (const script of scripts.filter((file) => file.endsWith('.sh'))) {
      execFileSync('bash', ['-n', join(folder, script)]);
    }
  });
});
