import { describe, expect, it } from '@jest/globals';
import { openTurns } from './turns.js';

const soon = () => new Promise((resolve) => setTimeout(resolve, 1));

describe('turns', () => {
  it('are had beside each other, and alone only once nobody else has one', async () => {
    const turns = openTurns();
    const order: string[] = [];
    const first = await turns.beside();
    const second = await turns.beside();
    const alone = turns.alone().then((end) => {
      order.push('alone');
      return end;
    });
    await soon();
    first();
    await soon();
    expect(order).toEqual([]);
    second();
    (await alone)();
    expect(order).toEqual(['alone']);
  });

  it('beside others go before those alone, and those alone one by one in their order', async () => {
    const turns = openTurns();
    const order: string[] = [];
    const taken = (name: string, turn: Promise<() => void>) =>
      turn.then((end) => {
        order.push(name);
        return soon().then(end);
      });
    const now = await turns.beside();
    const all = [
      taken('alone 1', turns.alone()),
      taken('alone 2', turns.alone()),
      taken('beside 1', turns.beside()),
      taken('beside 2', turns.beside()),
    ];
    now();
    await Promise.all(all);
    expect(order).toEqual(['beside 1', 'beside 2', 'alone 1', 'alone 2']);
  });

  it('end once, however often that is said', async () => {
    const turns = openTurns();
    const end = await turns.beside();
    const other = await turns.beside();
    end();
    end();
    let got = false;
    const alone = turns.alone().then(() => (got = true));
    await soon();
    expect(got).toBe(false);
    other();
    await alone;
  });
});
