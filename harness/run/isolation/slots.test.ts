import { describe, expect, it } from '@jest/globals';
import type { Touches } from '../../domain/footprint.js';
import { openSlots } from './slots.js';

const pause = () => new Promise((resolve) => setImmediate(resolve));

/** Asks for a slot for each of these worlds, and ends those at work one by one, the first first. Gives who was at work at each time. */
const atWork = async (count: number, worlds: readonly Touches[]): Promise<readonly (readonly number[])[]> => {
  const { inSlot } = openSlots(count);
  const now: { readonly world: number; readonly end: () => void }[] = [];
  const seen: (readonly number[])[] = [];
  const all = worlds.map((touches, world) =>
    inSlot(touches, () => new Promise<void>((resolve) => now.push({ world, end: resolve }))),
  );
  await pause();
  while (now.length > 0) {
    seen.push(now.map(({ world }) => world));
    now.shift()?.end();
    await pause();
  }
  await Promise.all(all);
  return seen;
};

describe('slots', () => {
  it('are given to all who ask, in order, where all are of one kind', async () => {
    expect(await atWork(2, ['none', 'none', 'none'])).toEqual([[0, 1], [1, 2], [2]]);
  });

  it('are shared out to the kinds', async () => {
    const worlds: readonly Touches[] = [
      ...['none', 'none', 'none', 'none'],
      ...['reads-nodes', 'changes-nodes'],
    ] as readonly Touches[];
    expect((await atWork(4, worlds))[0]).toEqual([0, 4, 5, 1]);
  });

  it('all go to the one kind that is left', async () => {
    const seen = await atWork(2, ['none', 'reads-nodes', 'reads-nodes', 'reads-nodes']);
    expect(seen).toEqual([[0, 1], [1, 2], [2, 3], [3]]);
  });

  it('are free again after work that failed', async () => {
    const { inSlot } = openSlots(1);
    const failed = inSlot('none', () => Promise.reject(new Error('no')));
    await expect(failed).rejects.toThrow('no');
    await expect(inSlot('changes-nodes', () => Promise.resolve('done'))).resolves.toBe('done');
  });
});
