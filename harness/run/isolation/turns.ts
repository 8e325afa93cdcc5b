/** Lets worlds that touch no node go beside each other, and a world that does have a turn alone, in one process. */
export interface Turns {
  /** Waits until nobody has a turn alone. Gives back what ends the turn. */
  beside(): Promise<() => void>;
  /** Waits until nobody else has a turn or waits for one beside others. Those who wait get it in their order. */
  alone(): Promise<() => void>;
}

/**
 * Whoever goes beside others goes first: all of them, then those alone, one by one. Each turn ends, so that each comes. Turns that begin beside
 * others while one is alone wait for that one only.
 */
export const openTurns = (): Turns => {
  let besideNow = 0;
  let aloneNow = false;
  const waitingBeside: (() => void)[] = [];
  const waitingAlone: (() => void)[] = [];

  const next = (): void => {
    if (aloneNow) return;
    for (const go of waitingBeside.splice(0)) {
      besideNow += 1;
      go();
    }
    if (besideNow > 0) return;
    const go = waitingAlone.shift();
    if (go === undefined) return;
    aloneNow = true;
    go();
  };
  const once = (end: () => void) => {
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      end();
      next();
    };
  };
  const wait = (queue: (() => void)[]) =>
    new Promise<void>((resolve) => {
      queue.push(resolve);
      // Whoever asks in the same moment is looked at together.
      queueMicrotask(next);
    });

  return {
    beside: async () => {
      await wait(waitingBeside);
      return once(() => (besideNow -= 1));
    },
    alone: async () => {
      await wait(waitingAlone);
      return once(() => (aloneNow = false));
    },
  };
};
