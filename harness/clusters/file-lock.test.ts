import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kill, pid } from 'node:process';
import { once } from 'node:events';
import type { LockMode } from '../domain/cluster-lock.js';
import { fileLock } from './file-lock.js';

const never = new AbortController().signal;
const folders: string[] = [];
const folder = async (): Promise<string> => {
  const made = await mkdtemp(join(tmpdir(), 'netclaims-lock-'));
  folders.push(made);
  return made;
};
afterEach(async () => {
  for (const made of folders.splice(0)) await rm(made, { recursive: true });
});
const request = (mode: LockMode, wait = false, onWait: (holder: string) => void = () => undefined) => ({
  mode,
  wait,
  onWait,
});

describe('the lock of a local cluster', () => {
  it('is shared by those who say so, and by nobody else', async () => {
    const lock = fileLock(await folder());
    const both = [await lock(request('shared'), never), await lock(request('shared'), never)];
    await expect(lock(request('alone'), never)).rejects.toMatchObject({
      code: 'cluster/in-use',
      message: `the run of process ${pid} uses the cluster`,
    });
    for (const one of both) await one[Symbol.asyncDispose]();
    await (await lock(request('alone'), never))[Symbol.asyncDispose]();
  });

  it('is given to whoever waits once it is free, who was told whom for', async () => {
    const lock = fileLock(await folder());
    const one = await lock(request('alone'), never);
    const told: string[] = [];
    const order: string[] = [];
    const waiting = lock(
      request('shared', true, (holder) => told.push(holder)),
      never,
    ).then((held) => {
      order.push('got it');
      return held;
    });
    while (told.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    order.push('free');
    await one[Symbol.asyncDispose]();
    await (await waiting)[Symbol.asyncDispose]();
    expect(order).toEqual(['free', 'got it']);
    expect(told).toEqual([`the run of process ${pid}`]);
  });

  it('is not kept by one who gave up waiting', async () => {
    const lock = fileLock(await folder());
    const one = await lock(request('alone'), never);
    const stop = new AbortController();
    const waiting = lock(
      request('alone', true, () => stop.abort(new Error('enough'))),
      stop.signal,
    );
    await expect(waiting).rejects.toThrow('enough');
    await one[Symbol.asyncDispose]();
    await (await lock(request('alone'), never))[Symbol.asyncDispose]();
  });

  it('is released by the kernel when its holder is killed', async () => {
    const at = await folder();
    const holder = spawn('sh', ['-c', `exec 9>"$1/lock"; flock 9; echo held; exec sleep 60`, 'sh', at]);
    await once(holder.stdout, 'data');
    const lock = fileLock(at);
    await expect(lock(request('shared'), never)).rejects.toMatchObject({ code: 'cluster/in-use' });
    holder.kill('SIGKILL');
    await once(holder, 'close');
    await (await lock(request('alone'), never))[Symbol.asyncDispose]();
  });

  it('is lost, and with it the ground of whoever has it, when the process that holds it ends', async () => {
    const at = await folder();
    const held = await fileLock(at)(request('alone'), never);
    await held.ground.check(never);
    const lost = once(held.ground.lost, 'abort');
    const [file = ''] = (await readdir(at)).filter((name) => /\.\d+$/.test(name));
    kill(Number(file.split('.').at(-1)), 'SIGKILL');
    await lost;
    await expect(held.ground.check(never)).rejects.toMatchObject({ code: 'cluster/lock-lost' });
    await held[Symbol.asyncDispose]();
  });
});
