import { expect, it } from '@jest/globals';
import { createChanges } from './changes.js';

const never = new AbortController().signal;

it('wakes all who wait, once', async () => {
  const changes = createChanges();
  const woken: string[] = [];
  const waits = ['a', 'b'].map((name) => changes.next(60_000, never).then(() => woken.push(name)));
  changes.notify();
  await Promise.all(waits);
  expect(woken).toEqual(['a', 'b']);
  const controller = new AbortController();
  const later = changes.next(60_000, controller.signal);
  controller.abort(new Error('enough'));
  await expect(later).rejects.toThrow('enough');
});

it('ends at the latest in its time, which may be no time or for ever', async () => {
  const changes = createChanges();
  await changes.next(-5, never);
  await changes.next(10, never);
  const controller = new AbortController();
  const forever = changes.next(Number.POSITIVE_INFINITY, controller.signal);
  const first = await Promise.race([
    forever.then(() => 'woken'),
    changes.next(20, never).then(() => 'waited'),
  ]);
  expect(first).toBe('waited');
  changes.notify();
  await forever;
  await expect(changes.next(10, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
});
