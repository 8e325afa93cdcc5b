import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { holdLock } from './exclusive-lock.js';

const never = new AbortController().signal;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netclaims-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('holdLock', () => {
  it('lets one in at a time', async () => {
    const order: string[] = [];
    const visit = async (name: string) => {
      const lock = await holdLock(join(folder, 'lock'), never);
      order.push(name);
      await new Promise((resolve) => setTimeout(resolve, 20));
      order.push(name);
      await lock[Symbol.asyncDispose]();
    };
    await Promise.all(['a', 'b', 'c'].map(visit));
    expect(order.filter((_, index) => index % 2 === 0)).toEqual(order.filter((_, index) => index % 2 === 1));
  });

  it('is free again when its holder was killed', async () => {
    const file = join(folder, 'lock');
    const killed = spawn('flock', ['--no-fork', file, 'cat'], { stdio: ['pipe', 'pipe', 'ignore'] });
    killed.stdin.write('held\n');
    await once(killed.stdout, 'data');
    const waiting = holdLock(file, never);
    killed.kill('SIGKILL');
    const lock = await waiting;
    await lock[Symbol.asyncDispose]();
    expect(killed.killed).toBe(true);
  });

  it('stops waiting when aborted', async () => {
    const held = await holdLock(join(folder, 'lock'), never);
    const controller = new AbortController();
    const waiting = holdLock(join(folder, 'lock'), controller.signal);
    controller.abort(new Error('enough'));
    await expect(waiting)
      .rejects.toThrow('enough')
      .finally(() => held[Symbol.asyncDispose]());
  });

  it('says why a file cannot be locked', async () => {
    await expect(holdLock(join(folder, 'none', 'lock'), never)).rejects.toMatchObject({
      code: 'image/no-lock',
      evidence: [expect.stringContaining('No such file or directory')],
    });
  });
});
