import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { getEventListeners } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectCri } from './cri-client.js';

const never = new AbortController().signal;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netclaims-cri-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Takes connections and never answers. */
const listenMutely = (path: string): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer((socket) => socket.on('error', () => undefined));
    server.listen(path, () => resolve(server));
  });

describe('connectCri', () => {
  it('says at once that nobody is there', async () => {
    using cri = connectCri(join(folder, 'none.sock'));
    await expect(cri.version(never)).rejects.toMatchObject({
      code: 'cluster/cri-lost',
      evidence: [expect.stringContaining('ENOENT')],
    });
    await expect(cri.ready(100, never)).rejects.toMatchObject({ code: 'cluster/cri-lost' });
  });

  it('stops waiting when it is told to, with the reason', async () => {
    const path = join(folder, 'mute.sock');
    const server = await listenMutely(path);
    using cri = connectCri(path);
    const controller = new AbortController();
    const waits = [cri.version(controller.signal), cri.ready(60_000, controller.signal)];
    controller.abort(new Error('enough'));
    for (const wait of waits) await expect(wait).rejects.toThrow('enough');
    await expect(cri.version(controller.signal)).rejects.toThrow('enough');
    server.close();
  });

  it('lets any number of calls wait by one signal, and ends them all by it', async () => {
    const path = join(folder, 'mute.sock');
    const server = await listenMutely(path);
    using cri = connectCri(path);
    const controller = new AbortController();
    const waits = Array.from({ length: 12 }, () => cri.version(controller.signal));
    const listeners = getEventListeners(controller.signal, 'abort').length;
    controller.abort(new Error('enough'));
    for (const wait of waits) await expect(wait).rejects.toThrow('enough');
    server.close();
    // Node takes more than ten for a leak, and warns.
    expect(listeners).toBeLessThanOrEqual(10);
  });
});
