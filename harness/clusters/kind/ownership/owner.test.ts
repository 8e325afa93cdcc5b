import { describe, expect, it } from '@jest/globals';
import { formatOwner, ownerState, parseOwner, thisOwner, type Owner } from './owner.js';

const self: Owner = { machine: 'm', boot: 'b', pidNamespace: '4026531836', pid: 100, startTime: 5 };
const lives = () => Promise.resolve(true);
const ended = () => Promise.resolve(false);

describe('an owner', () => {
  it('survives being a label', async () => {
    expect(parseOwner(formatOwner(self))).toEqual(self);
    const own = await thisOwner();
    expect(parseOwner(formatOwner(own))).toEqual(own);
  });

  it.each(['', 'somebody', 'a/b/c/d/e', 'm/b/1/100/5/6', 'm/b/1/-1/5'])('is not read from `%s`', (value) =>
    expect(parseOwner(value)).toBeUndefined(),
  );

  it('lives as long as its process does', async () => {
    expect(await ownerState(self, self, lives)).toBe('alive');
    expect(await ownerState(self, self, ended)).toBe('ended');
    expect(await ownerState(await thisOwner(), await thisOwner())).toBe('alive');
  });

  it('is not a later process of the same number', async () => {
    const own = await thisOwner();
    expect(await ownerState({ ...own, startTime: own.startTime + 1 }, own)).toBe('ended');
  });

  it('has ended when the machine was started anew since', async () => {
    expect(await ownerState({ ...self, boot: 'earlier' }, self, lives)).toBe('ended');
  });

  it('cannot be judged from another machine, nor from another container of the same', async () => {
    expect(await ownerState({ ...self, machine: 'other' }, self, ended)).toBe('unknown');
    expect(await ownerState({ ...self, machine: 'other', boot: 'other' }, self, ended)).toBe('unknown');
    expect(await ownerState({ ...self, pidNamespace: '1' }, self, ended)).toBe('unknown');
  });
});
