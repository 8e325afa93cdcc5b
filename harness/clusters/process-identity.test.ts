import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  identifyProcess,
  identityOf,
  identityPattern,
  identityText,
  mayLive,
  ownIdentity,
  processState,
  type ProcessIdentity,
} from './process-identity.js';

const ended = async () => {
  const child = spawn('sleep', ['60']);
  await once(child, 'spawn');
  const identity = await identifyProcess(child.pid ?? -1);
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
  if (identity === undefined) throw new Error('sleep ended at once');
  return identity;
};

describe('processState', () => {
  it('is alive for this process, and ended for one that has ended or whose number another one has', async () => {
    const self = await ownIdentity();
    expect(await processState(self)).toBe('alive');
    expect(await processState({ ...self, startTime: self.startTime - 1 })).toBe('ended');
    expect(await processState(await ended())).toBe('ended');
  });

  it('is unknown in another PID namespace, where the number is another process: such an owner counts as alive', async () => {
    const elsewhere = { ...(await ended()), pidNamespace: 4_026_539_999 };
    expect(await processState(elsewhere)).toBe('unknown');
    expect(await mayLive(elsewhere)).toBe(true);
  });

  it('is unknown without a namespace, as in what an older version wrote', async () => {
    const older = JSON.parse('{"pid":1,"startTime":1}') as ProcessIdentity;
    expect(await processState(older)).toBe('unknown');
  });
});

it('writes an identity as text, and reads it again', async () => {
  const self = await ownIdentity();
  const match = new RegExp(`^${identityPattern}$`).exec(identityText(self));
  expect(identityOf(...(match ?? []).slice(1))).toEqual(self);
});
