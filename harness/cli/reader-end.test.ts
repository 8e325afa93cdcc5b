import { expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readerEnd } from './reader-end.js';

it('is told when the reader of a pipe ends, though nothing is written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'netclaims-reader-'));
  const fifo = join(folder, 'fifo');
  await once(spawn('mkfifo', [fifo]), 'exit');
  const reader = spawn('sh', ['-c', 'exec sleep 60 <"$1"', 'reader', fifo], { stdio: 'ignore' });
  const fd = openSync(fifo, 'w');
  const over = new AbortController();
  try {
    const ended = readerEnd(fd, over.signal);
    await sleep(200);
    expect(ended.aborted).toBe(false);
    reader.kill('SIGKILL');
    await once(ended, 'abort');
    expect(ended.reason).toMatchObject({ message: 'nobody reads standard output any more' });
  } finally {
    over.abort();
    closeSync(fd);
    await rm(folder, { recursive: true });
  }
});

it('is never told of what is no pipe', () => {
  const fd = openSync('/dev/null', 'w');
  expect(readerEnd(fd, new AbortController().signal).aborted).toBe(false);
  closeSync(fd);
});
