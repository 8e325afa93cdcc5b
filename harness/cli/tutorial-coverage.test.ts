import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeCluster } from '../run/testing/fake-cluster.js';
import { answeringScenario, answers } from './testing/answering-scenario.js';
import { fakeProvider } from '../session/testing/fake-provider.js';
import { fakeTerminal } from './testing/fake-terminal.js';
import { tutorialCoverage } from './tutorial-coverage.js';
import { tutorialCheck } from './tutorial.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coverage-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

it('says of each claim and command where it is verified, and on which networks it holds', async () => {
  const put = (name: string, text: string) => writeFile(join(folder, name), text);
  await put('guide.md', '# Links\n\n```sh\nip link | grep a\nfalse\n```\n');
  await put(
    'own.yaml',
    answeringScenario('own', answers).replace(
      'spec:\n',
      'spec:\n  source: {document: guide, section: Links}\n',
    ),
  );
  const other = answeringScenario('other', answers).replace('topic: other', 'covers: "guide#part 1"');
  await put('other.yaml', other);
  const matrix = {
    kind: 'Matrix',
    networks: ['bridge', 'ptp'],
    claims: [{ name: 'own', verdicts: { bridge: 'holds', ptp: 'refuted' }, expectations: [] }],
  };
  await put('matrix.json', JSON.stringify(matrix));
  const failing = fakeCluster({
    intercept: (call) =>
      Promise.resolve(call.endsWith('false') ? { exitCode: 1, stdout: '', stderr: '' } : undefined),
  });
  const terminal = fakeTerminal({
    providers: [fakeProvider({ cluster: failing })],
    folder,
    signal: new AbortController().signal,
  });
  const scenarios = [join(folder, 'own.yaml'), join(folder, 'other.yaml')];
  const common = {
    cluster: 'auto',
    nodes: 1,
    load: [],
    timeout: 5_000,
    detail: 'quiet',
    scenarios,
    suggest: false,
  } as const;
  await tutorialCheck(
    ['guide.md'],
    { ...common, allowHost: false, update: false, stamp: false, report: ['json=run.json'] },
    terminal,
  );

  const printed = fakeTerminal({ providers: [], folder, signal: new AbortController().signal });
  await tutorialCoverage(['guide.md'], { scenarios, run: ['run.json'], matrix: 'matrix.json' }, printed);
  expect(printed.written.progress).toBe('');
  expect(printed.written.result.split('\n').filter((line) => line.startsWith('|'))).toEqual([
    '| part | scenario | claim | bridge | ptp |',
    '| --- | --- | --- | --- | --- |',
    '| Links | [own](claims.md#own) | A command answers. | holds | **refuted** |',
    '| part 1 | [other](claims.md#other) | A command answers. |  |  |',
    '| line | command | bridge | ptp |',
    '| --- | --- | --- | --- |',
    String.raw`| 4 | ${'`'}ip link \| grep a${'`'} | holds |  |`,
    '| 5 | `false` | **refuted** |  |',
  ]);
});
