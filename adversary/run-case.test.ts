import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { readCase } from './case.js';
import { runCase } from './run-case.js';

/** Stands for netclaims: does what its arguments say, one after the other. */
const standIn = `
const { spawn } = require('node:child_process');
const { mkdirSync, writeFileSync } = require('node:fs');
const act = {
  say: (text) => void process.stdout.write(text + '\\n'),
  report: (verdict) =>
    writeFileSync('report.json', JSON.stringify({ scenarios: [{ name: 'web', verdict, expectations: [] }] })),
  eat: (mib) => Buffer.alloc(Number(mib) << 20, 1),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, Number(ms))),
  leave: (seconds) => spawn('sleep', [seconds], { detached: true, stdio: 'ignore' }).unref(),
  keep: (name) => {
    mkdirSync(process.env.NETCLAIMS_STATE_DIR + '/clusters');
    writeFileSync(process.env.NETCLAIMS_STATE_DIR + '/clusters/' + name + '.json', '{}');
  },
  exit: (code) => process.exit(Number(code)),
};
process.stdout.on('error', () => process.exit(4));
(async () => {
  const words = process.argv.slice(2);
  for (let at = 0; at < words.length; at += 2) await act[words[at]](words[at + 1]);
})();
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp('/tmp/stand-in-');
  await mkdir(join(folder, 'bin'));
  await mkdir(join(folder, 'case'));
  await writeFile(join(folder, 'bin', 'netclaims.js'), standIn);
  await writeFile(join(folder, 'case', 'no.sh'), 'echo no; exit 1');
  await writeFile(join(folder, 'case', 'serve.sh'), 'echo ready; exec sleep 60.5');
  await writeFile(join(folder, 'case', 'touch.sh'), 'kill -0 "$RUN_PID" && touch touched');
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true }));

const play = async (steps: string) => {
  const head = ['attacks: A.', 'because: B.', 'needs: none', `steps: [${steps}]`];
  const one = readCase(join(folder, 'case', 'case.yaml'), head.join('\n'));
  const theatre = { netclaims: folder, environment: process.env, cacheDir: '/nonexistent' };
  const { complaints } = await runCase(one, theatre);
  return complaints.filter((line) => !/^ +std(out|err)\|/.test(line));
};

describe('a case that is as required', () => {
  it.each([
    ['by its exit code', '{ netclaims: exit 3, expect: { exit: 3 } }'],
    [
      'by a signal',
      '{ netclaims: say a wait 20000, meanwhile: [{ when: { stdout: a }, signal: TERM, to: run }], expect: { exit: SIGTERM } }',
    ],
    ['by its verdicts', '{ netclaims: report holds, expect: { exit: 0, verdicts: { web: holds } } }'],
    ['with a full output', '{ netclaims: say a wait 2000, stdout: full, expect: { exit: 4 } }'],
    ['with a server', '{ serve: serve.sh, until: ready }, { netclaims: exit 0, expect: { exit: 0 } }'],
    [
      'with a script at a moment',
      '{ netclaims: say a wait 800, meanwhile: [{ when: { stdout: a }, bash: touch.sh }], expect: { exit: 0 } }',
    ],
    ['in a terminal', '{ netclaims: say hello exit 5, terminal: true, expect: { exit: 5, says: [hello] } }'],
  ])('%s is not complained of', async (_, steps) => {
    expect(await play(steps)).toEqual([]);
  });
});

describe('a case is red', () => {
  it.each([
    ['by its exit code', '{ netclaims: exit 1, expect: { exit: 0 } }', 'it ended with 1, not with 0'],
    [
      'by a verdict',
      '{ netclaims: report refuted, expect: { exit: 0, verdicts: { web: holds } } }',
      'web is refuted, not holds',
    ],
    ['by a word', '{ netclaims: say a, expect: { exit: 0, says: [b] } }', 'it did not say "b"'],
    [
      'by its time',
      '{ netclaims: wait 20000, expect: { exit: 0, seconds: 1 } }',
      'it did not end within 1 s',
    ],
    [
      'by its memory',
      '{ netclaims: eat 200 wait 5000, expect: { exit: 0, memoryMiB: 150 } }',
      'more than 150',
    ],
    [
      'by a process that it left',
      '{ netclaims: leave 60.75 wait 300, expect: { exit: 0 } }',
      'it left the process',
    ],
    [
      'by a cluster that it left',
      '{ netclaims: keep mine, expect: { exit: 0 } }',
      'it left the cluster mine.json',
    ],
    ['by a script', '{ netclaims: exit 0, expect: { exit: 0 } }, { bash: no.sh }', 'no.sh ended with 1: no'],
    [
      'by a moment that never came',
      '{ netclaims: exit 0, expect: { exit: 0 }, meanwhile: [{ when: { stdout: x }, close: stdout }] }',
      'never came',
    ],
    [
      'by a process that was not there',
      '{ netclaims: say x wait 500, expect: { exit: 0 }, meanwhile: [{ when: { stdout: x }, signal: KILL, to: nobody }] }',
      'there was no process nobody',
    ],
    [
      'by one of several runs',
      '{ atOnce: [{ netclaims: exit 0, expect: { exit: 0 } }, { netclaims: exit 1, expect: { exit: 0 } }] }',
      'exit 1: it ended with 1',
    ],
  ])(
    '%s',
    async (_, steps, complaint) => {
      expect(await play(steps)).toEqual([expect.stringContaining(complaint)]);
    },
    20_000,
  );
});
