import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { packageFile } from '../harness/clusters/package-file.js';
import { loadClaims } from './claims.js';
import { loadFaults, readFault } from './fault.js';
import { faultsDocument } from './faults-document.js';

const folder = packageFile('faults');

describe('a fault', () => {
  const good = [
    'does: It does nothing.',
    'standsFor: a/b#1',
    'plugin: bridge',
    'script: "add() { :; }"',
    'caughtBy: { churn/files: stdout }',
  ];

  it('is read from its file, which gives its name', () => {
    expect(readFault('/x/idle.yaml', good.join('\n'))).toMatchObject({
      name: 'idle',
      plugin: 'bridge',
      caughtBy: { 'churn/files': 'stdout' },
    });
  });

  it.each([
    ['nothing', '', '/ must be object'],
    [
      'no claim',
      [...good.slice(0, 4), 'caughtBy: {}'].join('\n'),
      '/caughtBy must NOT have fewer than 1 properties',
    ],
    [
      'a claim without an expectation',
      [...good.slice(0, 4), 'caughtBy: { churn: x }'].join('\n'),
      '/caughtBy',
    ],
    ['an unknown key', [...good, 'extra: 1'].join('\n'), '/ must NOT have additional properties'],
    ['a key too few', good.slice(1).join('\n'), "/ must have required property 'does'"],
  ])('with %s is refused with its place', (_, text, evidence) => {
    const read = () => readFault('/x/bad.yaml', text);
    expect(read).toThrow(
      expect.objectContaining({
        code: 'usage/bad-fault',
        evidence: expect.arrayContaining([expect.stringContaining(evidence)]),
      }),
    );
  });

  it('that is asked for by a wrong name is refused with those that there are', async () => {
    await expect(loadFaults(folder, ['leaks-the-lease', 'leaks'])).rejects.toMatchObject({
      code: 'usage/no-fault',
      message: 'there is no fault leaks',
      evidence: [expect.stringContaining('leaks-the-lease')],
    });
    expect((await loadFaults(folder, ['leaks-the-lease'])).map(({ name }) => name)).toEqual([
      'leaks-the-lease',
    ]);
  });
});

describe('the faults', () => {
  it('name claims that there are, and are shell scripts', async () => {
    const faults = await loadFaults(folder);
    const scenarios = await loadClaims();
    const claims = scenarios.flatMap(({ name, expectations }) =>
      expectations.map(({ id }) => `${name}/${id}`),
    );
    expect(faults.length).toBeGreaterThanOrEqual(20);
    for (const { caughtBy, script } of faults) {
      expect(claims).toEqual(expect.arrayContaining(Object.keys(caughtBy)));
      execFileSync('sh', ['-n'], { input: script });
    }
  });

  it('are listed in docs/faults.md', async () => {
    const faults = await loadFaults(folder);
    const scenarios = await loadClaims();
    const document = await readFile(packageFile('docs', 'faults.md'), 'utf8');
    expect(document).toBe(faultsDocument(faults, scenarios, packageFile('docs')));
  });
});
