import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Report } from '../domain/report.js';
import { docker, inEngine, nodeImage } from './engine.js';
import { type CliRun, expectSuccess, startCli, startCliIn } from './run-cli.js';
import { scratchFolder } from './scratch-folder.js';

const minutes = (count: number) => count * 60_000;
/** The next run has to do what Ryuk otherwise does. */
const withoutRyuk = { TESTCONTAINERS_RYUK_DISABLED: 'true' };
const wholeRun = ['verify', 'scenarios/kubernetes', '--cluster', 'kind', '--nodes', '2'] as const;

/** A cluster of somebody else's, as kind itself labels it. */
const bystander = `bystander-${process.pid}`;
const label = ['--label', `io.x-k8s.kind.cluster=${bystander}`] as const;

let before: readonly string[];
let runs: CliRun[] = [];
/** Starts one, which ends with its test. */
const start = (...args: readonly string[]): CliRun => {
  const run = startCliIn(withoutRyuk, ...args);
  runs.push(run);
  return run;
};

beforeEach(async () => {
  // `cluster down --all` must find nothing that somebody wants to keep.
  expect(await startCli('cluster', 'list').ended).toMatchObject({ exitCode: 0, stdout: '' });
  await docker('network', 'create', ...label, bystander);
  await docker('volume', 'create', ...label, bystander);
  const place = ['--network', bystander, '--volume', `${bystander}:/var`] as const;
  const name = ['--name', `${bystander}-control-plane`] as const;
  await docker(
    'run',
    '--detach',
    ...name,
    ...label,
    ...place,
    '--entrypoint',
    'sleep',
    await nodeImage(),
    '10000',
  );
  before = await inEngine();
}, minutes(1));
afterEach(async () => {
  for (const { process } of runs) process.kill('SIGINT');
  await Promise.all(runs.map(({ ended }) => ended));
  runs = [];
  const left = await inEngine();
  await docker('rm', '--force', '--volumes', `${bystander}-control-plane`);
  await docker('network', 'rm', bystander);
  await docker('volume', 'rm', bystander);
  expect(left).toEqual(before);
}, minutes(1));

const killed = async (run: CliRun): Promise<void> => {
  run.process.kill('SIGKILL');
  await run.ended;
};

/** Waits until a run has told that. */
const told = async (run: CliRun, pattern: RegExp): Promise<void> => {
  let text = '';
  await new Promise<void>((resolve, reject) => {
    run.process.stderr?.on('data', (part: string) => {
      text += part;
      if (pattern.test(text)) resolve();
    });
    run.process.once('close', () =>
      reject(new Error(`it ended without telling ${String(pattern)}:\n${text}`)),
    );
  });
};

const madeSince = async (pattern: RegExp): Promise<readonly string[]> =>
  (await inEngine()).filter((line) => !before.includes(line) && pattern.test(line));

describe('a run on kind that is killed', () => {
  it(
    'while it boots, leaves what `cluster down --all` removes',
    async () => {
      let left = 0;
      for (const atMostMs of [2_500, 12_000, 40_000]) {
        const run = start(...wholeRun);
        await sleep(atMostMs * (0.5 + Math.random() / 2));
        await killed(run);
        left += (await madeSince(/./)).length;
        expectSuccess(await startCli('cluster', 'down', '--all').ended);
        expect(await inEngine()).toEqual(before);
      }
      expect(left).toBeGreaterThan(0);
    },
    minutes(4),
  );

  it(
    'while it runs, is swept by the next one; whose node stops in the middle of it, which that one tells at once',
    async () => {
      await using folder = await scratchFolder();
      const first = start(...wholeRun);
      await told(first, /: started$/m);
      await killed(first);
      const ofFirst = await madeSince(/./);
      expect(ofFirst).toEqual(expect.arrayContaining([expect.stringMatching(/^container .*-worker$/)]));

      const file = join(folder.path, 'report.json');
      const next = start(...wholeRun, '--report', `json=${file}`);
      await told(next, /: started$/m);
      const ofNext = await madeSince(/./);
      expect(ofNext.filter((line) => ofFirst.includes(line))).toEqual([]);

      const [worker = ''] = await madeSince(/^container .*-worker$/);
      const node = worker.replace('container ', '');
      await docker('kill', node);
      const stopped = Date.now();
      const { exitCode, stdout, stderr } = await next.ended;
      expect(exitCode).toBe(2);
      expect(Date.now() - stopped).toBeLessThan(30_000);
      expect(stdout + stderr).toContain(node);
      const { totals } = JSON.parse(await readFile(file, 'utf8')) as Report;
      expect(totals).toMatchObject({ refuted: 0, vacuous: 0 });
      expect(totals.unknown).toBeGreaterThan(0);
    },
    minutes(6),
  );
});
