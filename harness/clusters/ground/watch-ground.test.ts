import { describe, expect, it } from '@jest/globals';
import { NetclaimsError } from '../../domain/error.js';
import { watchGround, type Footing } from './watch-ground.js';

const never = new AbortController().signal;
const stands: Footing = { name: 'the router', look: () => Promise.resolve(undefined) };

const whenLost = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason), { once: true }));

describe('watchGround', () => {
  it('stands as long as all stands', async () => {
    await using ground = watchGround([stands, stands]);
    await ground.check(never);
    expect(ground.lost.aborted).toBe(false);
  });

  it('is lost as soon as one ends, with its name and what it printed last', async () => {
    let end: (why: string) => void = () => undefined;
    const ended = () => new Promise<string>((resolve) => (end = resolve));
    const lastOutput = () => Promise.resolve(['out of memory']);
    await using ground = watchGround([stands, { ...stands, name: 'containerd', ended, lastOutput }]);
    const lost = whenLost(ground.lost);
    end('it ended with SIGKILL');
    expect(await lost).toMatchObject({
      code: 'cluster/ground-lost',
      message: 'containerd is lost: it ended with SIGKILL',
      evidence: ['it printed: out of memory'],
    });
    await expect(ground.check(never)).rejects.toBe(ground.lost.reason);
  });

  it('is lost when a check finds one that nobody has told of, the first of several', async () => {
    const gone = { look: () => Promise.resolve('it has ended') };
    await using ground = watchGround([stands, { ...gone, name: 'a' }, { ...gone, name: 'b' }]);
    await expect(ground.check(never)).rejects.toMatchObject({ message: 'a is lost: it has ended' });
    expect(ground.lost.aborted).toBe(true);
  });

  it('is lost when one does not answer', async () => {
    const silence = new NetclaimsError({
      code: 'cluster/api-unreachable',
      what: 'no answer',
      evidence: ['ECONNREFUSED'],
    });
    const mute: Footing = { name: 'the API', look: () => Promise.reject(silence) };
    await using ground = watchGround([mute]);
    await expect(ground.check(never)).rejects.toMatchObject({
      message: 'the API is lost: no answer: ECONNREFUSED',
    });
  });

  it('does not wait for the last output of what is silent', async () => {
    const silent = () => new Promise<never>(() => undefined);
    const look = () => Promise.resolve('it has ended');
    await using ground = watchGround([{ name: 'a', look, lastOutput: silent }]);
    await expect(ground.check(never)).rejects.toMatchObject({ evidence: [] });
  });

  it('tells of no end that comes after its own', async () => {
    let end: (why: string) => void = () => undefined;
    const ended = () => new Promise<string>((resolve) => (end = resolve));
    const ground = watchGround([{ ...stands, ended }]);
    await ground[Symbol.asyncDispose]();
    end('it ended with SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(ground.lost.aborted).toBe(false);
  });
});
