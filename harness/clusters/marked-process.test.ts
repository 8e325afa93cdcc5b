import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  endMarked,
  markedState,
  markVariable,
  processesMarked,
  type MarkedProcess,
} from './marked-process.js';
import { identifyProcess } from './process-identity.js';

const children: ChildProcess[] = [];
afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));

/** A process of ours with this mark, or without one. */
const start = async (mark?: string): Promise<MarkedProcess> => {
  const env = mark === undefined ? {} : { [markVariable]: mark };
  const child = spawn('sleep', ['60'], { env: { PATH: '/usr/bin:/bin', ...env } });
  children.push(child);
  await once(child, 'spawn');
  const identity = await identifyProcess(child.pid ?? -1);
  if (identity === undefined) throw new Error('sleep ended at once');
  return { ...identity, mark: mark ?? 'a' };
};
const lives = async ({ pid }: MarkedProcess) => (await identifyProcess(pid)) !== undefined;

describe('endMarked', () => {
  it('ends the process of a record', async () => {
    const ours = await start('a');
    expect(await markedState(ours)).toBe('ours');
    await endMarked(ours);
    expect(await lives(ours)).toBe(false);
  });

  it('leaves a stranger alone that has the number now', async () => {
    const [reused, unmarked, other] = [await start('a'), await start(), await start('b')];
    const records = [{ ...reused, startTime: reused.startTime - 1 }, unmarked, { ...other, mark: 'a' }];
    for (const record of records) {
      expect(await markedState(record)).toBe('gone');
      await endMarked(record);
    }
    for (const one of [reused, unmarked, other]) expect(await lives(one)).toBe(true);
  });

  it('ends nothing that it cannot see, and says so', async () => {
    const ours = await start('a');
    const record = { ...ours, pidNamespace: 4_026_539_999 };
    await expect(endMarked(record)).rejects.toMatchObject({ code: 'cluster/cleanup' });
    expect(await lives(ours)).toBe(true);
  });
});

it('finds the processes of a mark', async () => {
  const [first, second] = [await start('/state/x.json#1'), await start('/state/x.json#2')];
  await start('/state/y.json#1');
  const found = (await processesMarked('/state/x.json#')).map(({ pid }) => pid);
  expect(found.sort((a, b) => a - b)).toEqual([first.pid, second.pid].sort((a, b) => a - b));
});
