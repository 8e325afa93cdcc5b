import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from '../harness/domain/report.js';
import type { NetclaimsStep } from './case.js';
import { limitsOf, type Outcome } from './judge-run.js';
import { followMoments } from './moments.js';
import { lookEveryMs, peakMemoryMiB } from './processes.js';
import type { Stage } from './stage.js';
import { startNetclaims } from './start-netclaims.js';

/** Enough of what a run says to judge it by; a run that says more is cut. */
const mostOutput = 4 << 20;

/** Runs netclaims as a step says, performs its actions meanwhile, and reports how it ended. */
export const runNetclaims = async (step: NetclaimsStep, stage: Stage, id: string): Promise<Outcome> => {
  const file = join(stage.scratch, step.expect.report ?? 'report.json');
  await rm(file, { force: true });
  const began = performance.now();
  const run = await startNetclaims(step, stage, id);
  const heard = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    const hear = (text: string) => void (heard[stream] = (heard[stream] + text).slice(0, mostOutput));
    run.child[stream]
      ?.setEncoding('utf8')
      .on('data', hear)
      .on('error', () => undefined);
  }
  const moments = followMoments(step.meanwhile ?? [], { ...run, heard }, stage);
  const limits = limitsOf(step.expect);
  let memoryMiB = 0;
  let stopped: 'time' | 'memory' | undefined;
  const stop = (why: 'time' | 'memory'): void => {
    stopped ??= why;
    run.kill('SIGKILL');
  };
  const timer = setTimeout(() => stop('time'), limits.seconds * 1_000);
  const watch = setInterval(() => {
    const pid = run.pid();
    memoryMiB = Math.max(memoryMiB, (pid === undefined ? undefined : peakMemoryMiB(pid)) ?? 0);
    if (memoryMiB > limits.memoryMiB) stop('memory');
  }, lookEveryMs);
  try {
    const exit = await run.ended;
    const seconds = (performance.now() - began) / 1_000;
    const missed = await moments.finish();
    const outcome = { exit, ...heard, seconds, memoryMiB, missed, report: await readReport(file) };
    return stopped === undefined ? outcome : { ...outcome, stopped };
  } finally {
    clearTimeout(timer);
    clearInterval(watch);
  }
};

/** What is there of a report; judging names what is wrong with it. */
const readReport = async (file: string): Promise<Report | undefined> => {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Report;
  } catch {
    return undefined;
  }
};
