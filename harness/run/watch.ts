import type { World } from '../domain/cluster.js';

/** What a look at a world makes of it: it has seen enough, it wants to look again at once, or when something may have changed. */
export type Look = 'enough' | 'again' | 'on-change';

/**
 * Looks at a world again whenever something in it may have changed, and when `atMostMs` have passed without a change.
 * It begins to listen before each look, so that no change falls between a look and the listening that follows it.
 */
export const watch = async (
  world: World,
  look: () => Promise<Look>,
  atMostMs: () => number,
  signal: AbortSignal,
): Promise<void> => {
  for (;;) {
    signal.throwIfAborted();
    const listening = new AbortController();
    const change = world.changed(atMostMs(), AbortSignal.any([signal, listening.signal]));
    // A look that ends the watch, or throws, leaves nobody to take this failure.
    change.catch(() => undefined);
    try {
      const seen = await look();
      if (seen === 'enough') return;
      if (seen === 'on-change') await change;
    } finally {
      listening.abort();
    }
  }
};
