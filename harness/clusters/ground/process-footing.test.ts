import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processFooting } from './process-footing.js';
import { watchGround } from './watch-ground.js';

const never = new AbortController().signal;

describe('processFooting', () => {
  it('is lost when its process ends, though nobody tells of it', async () => {
    const child = spawn('sleep', ['60']);
    await once(child, 'spawn');
    const footing = await processFooting({ name: 'a sleep', pid: child.pid ?? -1 });
    await using ground = watchGround([footing]);
    await ground.check(never);
    const lost = once(ground.lost, 'abort');
    child.kill('SIGKILL');
    await lost;
    expect(ground.lost.reason).toMatchObject({
      message: `a sleep (process ${child.pid}) is lost: it has ended`,
    });
  });

  it('is lost when another process has its number', async () => {
    const proc = await mkdtemp(join(tmpdir(), 'proc-'));
    const startAt = (time: number) =>
      writeFile(join(proc, '7', 'stat'), `7 (a b) c) S ${'0 '.repeat(18)}${time} 0\n`);
    try {
      await mkdir(join(proc, '7'));
      await startAt(100);
      const { look } = await processFooting({ name: 'containerd', pid: 7, proc });
      expect(await look(never)).toBeUndefined();
      await startAt(200);
      expect(await look(never)).toBe('it has ended, and another process has its number');
    } finally {
      await rm(proc, { recursive: true });
    }
  });

  it('refuses one that has ended already', async () => {
    const child = spawn('true');
    await once(child, 'exit');
    const lastOutput = () => Promise.resolve(['no space left']);
    await expect(processFooting({ name: 'it', pid: child.pid ?? -1, lastOutput })).rejects.toMatchObject({
      code: 'cluster/ground-lost',
      evidence: ['it printed: no space left'],
    });
  });
});
