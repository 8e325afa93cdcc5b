import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import process from 'node:process';
import { promisify } from 'node:util';
import { deadline, deadlineCode } from './deadline.js';

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('deadline', () => {
  it('is aborted when the time is up, with an error that a person can act on', async () => {
    const signal = deadline(5);
    expect(signal.aborted).toBe(false);
    await later(30);
    expect(signal.reason).toMatchObject({
      code: deadlineCode,
      message: 'there was no answer within 0.005 s',
    });
  });

  it('is aborted with the signal that it was given, and keeps its reason', async () => {
    const outer = new AbortController();
    const signal = deadline(5, outer.signal);
    outer.abort('stopped');
    expect(signal.reason).toBe('stopped');
    await later(30);
    expect(signal.reason).toBe('stopped');
    expect(deadline(5, outer.signal).reason).toBe('stopped');
  });

  it('does not fire at once when the time is beyond the range of timers', async () => {
    const signal = deadline(2 ** 40);
    await later(30);
    expect(signal.aborted).toBe(false);
  });

  it('fires although garbage is collected, also when only a composed signal knows it', async () => {
    const script = 'harness/domain/testing/deadlines-under-gc.ts';
    const argv = ['--expose-gc', 'node_modules/jiti/lib/jiti-cli.mjs', script];
    const { stdout } = await promisify(execFile)(process.execPath, argv);
    expect(stdout.trim().split('\n')).toEqual(['alone fires', 'composed fires', 'nested fires']);
  }, 20_000);
});
