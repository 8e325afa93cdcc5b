import { describe, expect, it, jest } from '@jest/globals';
import { NetclaimsError } from '../domain/error.js';
import { hang } from './testing/fake-cluster.js';
import { within } from './within.js';

const never = new AbortController().signal;
const late = () => new NetclaimsError({ code: 'step/timeout', what: 'late' });

describe('within', () => {
  it('gives what the work gives', async () => {
    expect(await within(1_000, late, () => Promise.resolve('done'), never)).toBe('done');
  });

  it('tells the work to stop when its time is up', async () => {
    await expect(within(10, late, hang, never)).rejects.toThrow('late');
  });

  it('does not begin work that was stopped before', async () => {
    let begun = false;
    const work = () => Promise.resolve((begun = true));
    await expect(within(10, late, work, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
    expect(begun).toBe(false);
  });

  it('lets the work say what it waited for', async () => {
    const work = (signal: AbortSignal) =>
      hang(signal).catch(() =>
        Promise.reject(new NetclaimsError({ code: 'pod/not-ready', what: 'web is Pending' })),
      );
    await expect(within(10, late, work, never)).rejects.toThrow('web is Pending');
  });

  it('has the reason of an interruption outrank what the interrupted work says', async () => {
    const outer = new AbortController();
    const work = (signal: AbortSignal) => {
      outer.abort(new Error('Ctrl-C'));
      return hang(signal).catch(() =>
        Promise.reject(new NetclaimsError({ code: 'pod/not-ready', what: 'web is Pending' })),
      );
    };
    await expect(within(1_000, late, work, outer.signal)).rejects.toThrow('Ctrl-C');
  });

  it('lets the work say what it waited for when the time of something larger is up', async () => {
    const outer = new AbortController();
    const work = (signal: AbortSignal) => {
      outer.abort(new NetclaimsError({ code: 'run/timeout', what: 'out of time' }));
      return hang(signal).catch(() =>
        Promise.reject(new NetclaimsError({ code: 'pod/not-ready', what: 'web is Pending' })),
      );
    };
    await expect(within(1_000, late, work, outer.signal)).rejects.toThrow('web is Pending');
  });

  it('abandons work that does not stop', async () => {
    jest.useFakeTimers();
    try {
      const deaf = within(10, late, () => new Promise(() => undefined), never);
      const end = expect(deaf).rejects.toThrow('late');
      await jest.advanceTimersByTimeAsync(10 + 5_000);
      await end;
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });

  it('waits for work that is slow to stop, so that nothing goes on behind its back', async () => {
    let ended = false;
    const slow = async (signal: AbortSignal) => {
      await hang(signal).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 20));
      ended = true;
      throw new Error('stopped');
    };
    await expect(within(5, late, slow, never)).rejects.toThrow('late');
    expect(ended).toBe(true);
  });
});
