import { expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pid } from 'node:process';
import { sendSignal } from './send-signal.js';

it('says that a process is gone instead of throwing, also for a group', async () => {
  const child = spawn('true', [], { detached: true });
  await once(child, 'close');
  const ended = child.pid ?? -1;
  expect([sendSignal(ended, 'SIGKILL'), sendSignal(-ended, 'SIGKILL')]).toEqual(['gone', 'gone']);
});

it('reaches a process', () => {
  expect(sendSignal(pid, 0)).toBe('sent');
});
